import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { CODE } from '@/lib/otel/otlp/answers'
import type { Signal } from '@/lib/otel/otlp/decoded'
import { applyCors } from './cors'
import { type HostRules, isAllowedHost } from './host-check'
import { sendStatus } from './http-answer'
import { handleExport } from './http-export'
import type { MemoryGate } from './memory-gate'
import type { Receiver } from './receiver'

export interface HttpDoor extends HostRules {
  readonly receiver: Receiver
  readonly memory: MemoryGate
  readonly corsOrigins: readonly string[]
  readonly health: () => { readonly ready: boolean } & Readonly<Record<string, unknown>>
  readonly metricsText: () => string
}

const SIGNAL_BY_PATH: ReadonlyMap<string, Signal> = new Map([
  ['/v1/traces', 'traces'],
  ['/v1/logs', 'logs'],
  ['/v1/metrics', 'metrics'],
])

/** OTLP over HTTP, and what operators look at: /health and /metrics. */
export function createHttpServer(door: HttpDoor): http.Server {
  const server = http.createServer((request, response) => {
    handle(door, request, response).catch(() => response.destroy())
  })
  // A sender may close its side after the request and still read the answer. (Node's default drops it.)
  Object.assign(server, { httpAllowHalfOpen: true })
  // A sender that stops in the middle must not hold its socket and bytes for ever.
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  // Exporters keep connections; longer than their usual idle time avoids closing one that is about to be used.
  server.keepAliveTimeout = 75_000
  return server
}

async function handle(door: HttpDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isAllowedHost(door, request.headers.host)) {
    return sendStatus(request, response, 403, {
      code: CODE.permissionDenied,
      message:
        'this Host is not served here: use localhost, or set SPANLIGHT_OTLP_LISTEN to open the receiver',
    })
  }
  if (!applyCors(door.corsOrigins, request, response)) {
    return sendStatus(request, response, 403, {
      code: CODE.permissionDenied,
      message: 'web pages of this origin may not send: add it to SPANLIGHT_CORS_ORIGINS',
    })
  }
  const path = (request.url ?? '/').split('?', 1)[0]!
  const signal = SIGNAL_BY_PATH.get(path)
  if (signal) return exportRequest(door, signal, request, response)
  if (path === '/health' || path === '/metrics') return look(door, path, request, response)
  return sendStatus(request, response, 404, {
    code: CODE.notFound,
    message: `there is no such path: send to ${Array.from(SIGNAL_BY_PATH.keys()).join(', ')}`,
  })
}

async function exportRequest(
  door: HttpDoor,
  signal: Signal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'OPTIONS' && request.headers.origin !== undefined) {
    response.writeHead(204).end()
    return
  }
  if (request.method !== 'POST') {
    response.setHeader('Allow', 'POST')
    return sendStatus(request, response, 405, { code: CODE.unimplemented, message: 'send with POST' })
  }
  return handleExport(door, signal, request, response)
}

function look(door: HttpDoor, path: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    sendStatus(request, response, 405, { code: CODE.unimplemented, message: 'ask with GET' })
    return
  }
  if (path === '/metrics') {
    response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
    response.end(door.metricsText())
    return
  }
  const health = door.health()
  response.writeHead(health.ready ? 200 : 503, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify(health))
}
