import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Browsers may send only from the origins of SPANLIGHT_CORS_ORIGINS (`*` for all). Sets the headers.
 * @returns false when the request comes from a page that may not
 */
export function applyCors(
  allowed: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { origin } = request.headers
  if (origin === undefined) return true
  response.setHeader('Vary', 'Origin')
  if (!allowed.includes('*') && !allowed.includes(origin)) return false
  response.setHeader('Access-Control-Allow-Origin', origin)
  if (request.method === 'OPTIONS') {
    response.setHeader('Access-Control-Allow-Methods', 'POST')
    const asked = request.headers['access-control-request-headers']
    response.setHeader('Access-Control-Allow-Headers', asked ?? 'Content-Type, Content-Encoding')
    response.setHeader('Access-Control-Max-Age', '7200')
  }
  return true
}
