import http2 from 'node:http2'
import {
  Client,
  compressionAlgorithms,
  credentials,
  type Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeProtobuf } from '@/lib/otel/otlp/testing/encode-protobuf'
import type { RequestJson } from '@/lib/otel/otlp/testing/otlp-json'
import { startTestReceiver, type TestReceiver } from './testing'

let receiver: TestReceiver
let client: Client

beforeAll(async () => {
  receiver = await startTestReceiver()
  client = new Client(receiver.grpc, credentials.createInsecure(), {
    'grpc.default_compression_algorithm': compressionAlgorithms.gzip,
  })
})
afterAll(async () => {
  client.close()
  await receiver.stop()
})

const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'

interface Answer {
  readonly code: number
  readonly bytes: Buffer
  readonly metadata: Metadata | null
}

function call(message: Uint8Array, path = TRACES): Promise<Answer> {
  const asIs = (bytes: Buffer) => bytes
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      path,
      asIs,
      asIs,
      Buffer.from(message),
      (error: ServiceError | null, value?: Buffer) => {
        resolve({
          code: error?.code ?? status.OK,
          bytes: value ?? Buffer.alloc(0),
          metadata: error?.metadata ?? null,
        })
      },
    )
  })
}

const startTimeUnixNano = String(BigInt(Date.now()) * 1_000_000n)

function spans(ids: readonly string[], name = 'x'): RequestJson {
  const list = ids.map((traceId) => ({ traceId, spanId: 'b7ad6b7169203331', name, startTimeUnixNano }))
  return { resourceSpans: [{ scopeSpans: [{ spans: list }] }] }
}

test('accepted and empty requests are OK without partial success', async () => {
  const good = await call(encodeProtobuf('traces', spans(['0af7651916cd43dd8448eb211c80319c'])))
  expect(good).toMatchObject({ code: status.OK, bytes: Buffer.alloc(0) })
  expect(await call(new Uint8Array())).toMatchObject({ code: status.OK, bytes: Buffer.alloc(0) })
})

test('bad spans are told by partial success, their neighbours stored', async () => {
  const ids = ['00', '1af7651916cd43dd8448eb211c80319c', '']
  const answer = await call(encodeProtobuf('traces', spans(ids)))
  expect(answer.code).toBe(status.OK)
  expect(answer.bytes.toString('latin1')).toContain('a span needs a traceId')
  const rows = await receiver.rows(`SELECT SpanName FROM otel_traces WHERE TraceId = '${ids[1]}'`)
  expect(rows).toHaveLength(1)
})

test('what cannot be decoded is INVALID_ARGUMENT', async () => {
  expect((await call(Buffer.from([10, 200, 1, 5]))).code).toBe(status.INVALID_ARGUMENT)
})

test('an unknown method is UNIMPLEMENTED', async () => {
  const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Import'
  expect((await call(new Uint8Array(), path)).code).toBe(status.UNIMPLEMENTED)
})

test('more than 4 MiB is RESOURCE_EXHAUSTED without RetryInfo, packed or not', async () => {
  const large = encodeProtobuf(
    'traces',
    spans(['2af7651916cd43dd8448eb211c80319c'], 'x'.repeat(5 * 1024 * 1024)),
  )
  const answer = await call(large)
  expect(answer.code).toBe(status.RESOURCE_EXHAUSTED)
  expect(answer.metadata?.get('grpc-status-details-bin')).toEqual([])
})

test('a broken gzip stream is INVALID_ARGUMENT', async () => {
  const garbage = Buffer.from('this is not gzip')
  const frame = Buffer.concat([Buffer.from([1, 0, 0, 0, garbage.length]), garbage])
  expect(await rawCall(frame)).toBe(String(status.INVALID_ARGUMENT))
})

/** One call over plain HTTP/2: what no client library would send. */
function rawCall(frame: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const session = http2.connect(`http://${receiver.grpc}`)
    session.on('error', reject)
    const request = session.request({
      ':method': 'POST',
      ':path': TRACES,
      'content-type': 'application/grpc',
      'grpc-encoding': 'gzip',
      te: 'trailers',
    })
    const take = (headers: http2.IncomingHttpHeaders) => {
      if (headers['grpc-status'] === undefined) return
      resolve(String(headers['grpc-status']))
      session.close()
    }
    request.on('response', take)
    request.on('trailers', take)
    request.on('error', reject)
    request.resume()
    request.end(frame)
  })
}
