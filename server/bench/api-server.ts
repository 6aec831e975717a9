import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

/** The route handlers behind a bare HTTP server: what the API costs without the web framework around it. */
export async function serveHandlers(handlers: Readonly<Record<string, Handler>>) {
  const server = createServer((request, response) => {
    answer(handlers, request, response).catch((error: unknown) => {
      console.error(error)
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function answer(
  handlers: Readonly<Record<string, Handler>>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  const [, , , name = '', id = ''] = url.pathname.split('/')
  const handler = handlers[name]
  if (!handler) return void outgoing.writeHead(404).end()
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}
  const left = new AbortController()
  outgoing.on('close', () => left.abort())
  const request = new Request(url, {
    method: incoming.method ?? 'GET',
    headers: { 'content-type': incoming.headers['content-type'] ?? 'application/json' },
    signal: left.signal,
    ...body,
  })
  const response = await handler(request, { params: Promise.resolve({ traceId: id }) })
  outgoing.writeHead(response.status, { 'content-type': response.headers.get('content-type') ?? '' })
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}
