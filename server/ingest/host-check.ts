import { isLoopback } from '@/server/config'

export interface HostRules {
  /** The address that the receiver binds. */
  readonly listen: string
}

/**
 * A web page can make its own name point at 127.0.0.1 (DNS rebinding) and so reach a local receiver: while only this
 * machine may send, the Host has to be one of this machine's own names. A receiver opened beyond loopback cannot
 * know by which names it is called.
 */
export function isAllowedHost({ listen }: HostRules, header: string | undefined): boolean {
  if (!isLoopback(listen)) return true
  if (header === undefined) return false
  const host = header.replace(/:\d+$/, '').toLowerCase()
  return isLoopback(host) || host === listen.toLowerCase()
}
