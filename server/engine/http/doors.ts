import type { IncomingMessage } from 'node:http'

/**
 * Why a request may not come in, or null. A page that a browser loaded from elsewhere must not reach the
 * engine: it would send an Origin, or, after DNS rebinding, a Host of its own. Nothing that belongs here
 * is a browser.
 */
export function refuseAtDoor(request: IncomingMessage): string | null {
  if (request.headers.origin !== undefined) {
    return 'Requests from web pages are refused (Origin header): the engine answers only programs on this machine'
  }
  const host = request.headers.host
  if (host !== undefined && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host)) {
    return 'Host header refused: address the engine as 127.0.0.1 or localhost'
  }
  return null
}
