import type { Config } from '@/server/config'

/** Where this installation receives OTLP over HTTP, as seen from this machine. */
export function endpointOf(config: Pick<Config, 'otlpListen' | 'otlpHttpPort'>): string {
  const { otlpListen, otlpHttpPort } = config
  const host = otlpListen === '0.0.0.0' ? '127.0.0.1' : otlpListen === '::' ? '::1' : otlpListen
  return `http://${host.includes(':') ? `[${host}]` : host}:${otlpHttpPort}`
}
