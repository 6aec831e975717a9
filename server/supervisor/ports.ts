import net from 'node:net'
import { ConfigError } from '@/server/config'

/**
 * True when nothing listens on the address. Binds for a moment to find out.
 * @throws ConfigError when this machine has no such address
 */
export function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (!NO_ADDRESS.has(error.code ?? '')) return resolve(false)
      reject(
        new ConfigError(
          `this machine has no address ${host} to listen on (${error.code}): set SPANLIGHT_LISTEN and SPANLIGHT_OTLP_LISTEN to addresses that it has, for example 127.0.0.1`,
        ),
      )
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

const NO_ADDRESS: ReadonlySet<string> = new Set([
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EINVAL',
])

/** @throws ConfigError naming the variable to set when the port is taken. */
export async function requireFree(
  port: number,
  host: string,
  what: string,
  variable: string,
): Promise<number> {
  if (await isFree(port, host)) return port
  throw new ConfigError(
    `port ${port} (${what}) is taken: stop the program that uses it, or set ${variable} to another port`,
  )
}

/** The first free port from `start` on, within a hundred. */
export async function nextFree(start: number, host: string, what: string, variable: string): Promise<number> {
  for (let port = start; port < start + 100; port++) {
    if (await isFree(port, host)) return port
  }
  throw new ConfigError(
    `no free port from ${start} to ${start + 99} for ${what}: set ${variable} to a free one`,
  )
}
