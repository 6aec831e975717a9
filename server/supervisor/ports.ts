import net from 'node:net'
import { ConfigError } from '@/server/config'

/** True when nothing listens on the address. Binds for a moment to find out. */
export function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

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
