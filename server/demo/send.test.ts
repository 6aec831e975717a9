import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { rejectedInProtobuf, SendError, Sender } from './send'

let server: http.Server | undefined
afterEach(() => server?.close())

/** A receiver that gives these answers, one after the other, and keeps what it got. */
async function receiver(
  answers: readonly [status: number, body: string, headers?: Record<string, string>][],
) {
  const got: { path: string; type: string; body: string }[] = []
  server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const type = request.headers['content-type'] ?? ''
    got.push({ path: request.url ?? '', type, body: gunzipSync(Buffer.concat(chunks)).toString() })
    const [status, body, headers] = answers[got.length - 1] ?? [200, '{}']
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return { got, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('a full receiver gets the same request again', async () => {
  const { got, endpoint } = await receiver([[503, 'full', { 'retry-after': '0.01' }]])
  await new Sender({ endpoint }).traces({ resourceSpans: [] })
  expect(got.map(({ path, body }) => [path, body])).toEqual(
    Array.from({ length: 2 }, () => ['/v1/traces', '{"resourceSpans":[]}']),
  )
})

test('a request that is refused for its content is not tried again', async () => {
  const { got, endpoint } = await receiver([[400, 'broken']])
  await expect(new Sender({ endpoint }).logs({ resourceLogs: [] })).rejects.toThrow(SendError)
  expect(got.length).toBe(1)
})

test('a receiver that stays away is an error that names it', async () => {
  const { endpoint } = await receiver([])
  server?.close()
  const sender = new Sender({ endpoint, retryForMs: 0 })
  await expect(sender.traces({ resourceSpans: [] })).rejects.toThrow(
    `${endpoint}/v1/traces: the OTLP receiver does not answer`,
  )
})

test('rejected records are counted in both encodings', async () => {
  const { endpoint } = await receiver([[200, '{"partialSuccess":{"rejectedSpans":"3"}}']])
  const sender = new Sender({ endpoint })
  await sender.traces({ resourceSpans: [] })
  expect(sender.rejected).toBe(3)
  expect(rejectedInProtobuf(Buffer.from([10, 5, 8, 0xac, 2, 18, 0]))).toBe(300)
  expect(rejectedInProtobuf(Buffer.alloc(0))).toBe(0)
})
