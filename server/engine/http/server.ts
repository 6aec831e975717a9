import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Engine } from '../engine'
import { RunningQueries } from '../running'
import { refuseAtDoor } from './doors'
import { serveQuery } from './query'

export interface EngineServer {
  readonly port: number
  /** Takes no more requests, kills what runs, and resolves when all is answered or `graceMs` is over. */
  close(graceMs: number): Promise<void>
}

/** ClickHouse's HTTP interface on 127.0.0.1. Port 0 takes a free one. */
export function listen(engine: Engine, port: number): Promise<EngineServer> {
  const queries = new RunningQueries(engine)
  const server = http.createServer(
    { maxHeaderSize: 1024 * 1024, requestTimeout: 0, headersTimeout: 30_000, keepAliveTimeout: 30_000 },
    (request, response) => {
      route(engine, queries, request, response).catch(() => response.destroy())
    },
  )
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        close: (graceMs) => closeServer(server, engine, queries, graceMs),
      })
    })
  })
}

async function route(
  engine: Engine,
  queries: RunningQueries,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.on('error', () => undefined)
  response.on('error', () => undefined)
  const refused = refuseAtDoor(request)
  if (refused !== null) return plain(response, 403, `${refused}\n`)
  let url: URL
  try {
    url = new URL(request.url ?? '/', 'http://127.0.0.1')
  } catch {
    return plain(response, 400, 'The request line holds no valid path\n')
  }
  const reading = request.method === 'GET' || request.method === 'HEAD'
  if (!reading && request.method !== 'POST') return plain(response, 501, 'Use GET or POST\n')
  if (url.pathname === '/ping' || url.pathname === '/replicas_status') return plain(response, 200, 'Ok.\n')
  if (url.pathname !== '/' && url.pathname !== '/query') {
    return plain(response, 404, `There is no handle ${url.pathname.slice(0, 200)}\n`)
  }
  if (reading && url.pathname === '/' && !url.searchParams.has('query')) return plain(response, 200, 'Ok.\n')
  await serveQuery(engine, queries, request, response, url)
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=UTF-8',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}

async function closeServer(
  server: http.Server,
  engine: Engine,
  queries: RunningQueries,
  graceMs: number,
): Promise<void> {
  const end = Date.now() + graceMs
  server.close()
  server.closeIdleConnections()
  queries.cancelAll()
  while (engine.running > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
  server.closeAllConnections()
}
