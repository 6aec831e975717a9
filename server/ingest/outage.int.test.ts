import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeProtobuf } from '@/lib/otel/otlp/testing/encode-protobuf'
import { startTestEngine } from '@/server/engine/testing'
import { startIngest } from './start-ingest'
import { startTestReceiver, type TestReceiver, testConfig } from './testing'

const body = encodeProtobuf('traces', {
  resourceSpans: [
    {
      scopeSpans: [{ spans: [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }] }],
    },
  ],
})

function post(http: string): Promise<Response> {
  return fetch(`${http}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body,
  })
}

describe('ClickHouse away', () => {
  test('senders are told to come again, and the health says so', async () => {
    // Port 9 (discard) is closed.
    const ingest = await startIngest(testConfig('http://127.0.0.1:9'))
    try {
      const http = `http://127.0.0.1:${ingest.httpPort}`
      const client = new Client(`127.0.0.1:${ingest.grpcPort}`, credentials.createInsecure())
      const asIs = (bytes: Buffer) => bytes
      const grpc = new Promise<ServiceError | null>((resolve) => {
        const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
        client.makeUnaryRequest(path, asIs, asIs, Buffer.from(body), (error) => resolve(error))
      })
      const answer = await post(http)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
      expect(answer.headers.get('content-type')).toBe('application/x-protobuf')
      expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toContain('google.rpc.RetryInfo')
      const error = await grpc
      expect(error?.code).toBe(status.UNAVAILABLE)
      expect(String(error?.metadata.get('grpc-status-details-bin')[0])).toContain('google.rpc.RetryInfo')
      client.close()

      const health = await fetch(`${http}/health`)
      expect(health.status).toBe(503)
      expect(await health.json()).toMatchObject({
        live: true,
        ready: false,
        problem: expect.stringContaining('ClickHouse'),
      })
    } finally {
      await ingest.stop()
    }
  })

  test('an engine that is killed and comes back gets every acknowledged row once', async () => {
    const receiver = await startTestReceiver()
    const acknowledged: string[] = []
    let sending = true
    const sender = (async () => {
      for (let i = 1; sending; i++) {
        const traceId = i.toString(16).padStart(32, '0')
        const spans = [
          { traceId, spanId: 'b7ad6b7169203331', startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n) },
        ]
        const answer = await fetch(`${receiver.http}/v1/traces`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-protobuf' },
          body: encodeProtobuf('traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] }),
        })
        if (answer.status === 200) acknowledged.push(traceId)
      }
    })()
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(3)
    await receiver.engine.kill()
    const again = await startTestEngine({
      dataDir: receiver.engine.dataDir,
      env: { SPANLIGHT_ENGINE_ANY_PORT: '', SPANLIGHT_ENGINE_PORT: String(receiver.engine.port) },
    })
    const known = acknowledged.length
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(known + 3)
    sending = false
    await sender
    const [row] = await receiver.rows<{ n: string; twice: string }>(
      `SELECT toString(uniqExact(TraceId)) AS n, toString(count() - uniqExact(TraceId)) AS twice FROM otel_traces WHERE TraceId IN (${acknowledged.map((id) => `'${id}'`)})`,
    )
    expect(row).toEqual({ n: String(acknowledged.length), twice: '0' })
    await receiver.ingest.stop()
    await receiver.client.close()
    await again.stop()
    await receiver.engine.stop()
  })
})

describe('rows that ClickHouse refuses for their content', () => {
  let receiver: TestReceiver
  beforeAll(async () => {
    receiver = await startTestReceiver()
    await receiver.client.command({
      query: "ALTER TABLE otel_traces ADD CONSTRAINT no_bad CHECK SpanName != 'bad'",
    })
  })
  afterAll(() => receiver.stop())

  test('the bad row is found and told by partial success, all others are kept', async () => {
    const spans = Array.from({ length: 50 }, (_, i) => ({
      traceId: (i + 1).toString(16).padStart(32, 'c'),
      spanId: 'b7ad6b7169203331',
      startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
      name: i === 17 ? 'bad' : 'good',
    }))
    const answer = await fetch(`${receiver.http}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringContaining('no_bad') },
    })
    const rows = await receiver.rows('SELECT TraceId FROM otel_traces')
    expect(rows).toHaveLength(49)
  })
})
