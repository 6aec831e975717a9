import net from 'node:net'
import zlib from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeProtobuf } from '@/lib/otel/otlp/testing/encode-protobuf'
import type { RequestJson, Span } from '@/lib/otel/otlp/testing/otlp-json'
import { startTestReceiver, type TestReceiver } from './testing'

let receiver: TestReceiver

beforeAll(async () => {
  receiver = await startTestReceiver({ corsOrigins: ['https://app.example'] })
})
afterAll(() => receiver.stop())

const now = BigInt(Date.now()) * 1_000_000n
let lastId = 0

/** A valid span with an id of its own. */
function span(changes: Partial<Span> = {}): Span {
  const id = (++lastId).toString(16)
  return {
    traceId: id.padStart(32, 'a'),
    spanId: id.padStart(16, 'b'),
    name: 'GET /',
    startTimeUnixNano: String(now),
    endTimeUnixNano: String(now + 5n),
    ...changes,
  }
}

function traces(spans: readonly Span[], service = 'rules'): RequestJson {
  const attributes = [{ key: 'service.name', value: { stringValue: service } }]
  return { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] }
}

async function post(body: BodyInit, headers: Record<string, string> = {}, path = '/v1/traces') {
  const response = await fetch(receiver.http + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  const type = response.headers.get('content-type')
  const json =
    type === 'application/json' && bytes.length > 0 ? (JSON.parse(bytes.toString()) as unknown) : null
  return { status: response.status, type, bytes, json, headers: response.headers }
}

async function count(where: string): Promise<number> {
  const [row] = await receiver.rows<{ n: string }>(
    `SELECT toString(count()) AS n FROM otel_traces WHERE ${where}`,
  )
  return Number(row?.n)
}

describe('accepted', () => {
  test('the answer has the encoding of the request, and an empty one when all is well', async () => {
    const json = await post(JSON.stringify(traces([span()])))
    expect(json).toMatchObject({ status: 200, type: 'application/json', json: {} })
    const protobuf = await post(encodeProtobuf('traces', traces([span()])), {
      'content-type': 'application/x-protobuf',
    })
    expect(protobuf).toMatchObject({ status: 200, type: 'application/x-protobuf' })
    expect(protobuf.bytes).toHaveLength(0)
  })

  test('a 200 means that ClickHouse has the row', async () => {
    const one = span()
    await post(JSON.stringify(traces([one])))
    expect(await count(`TraceId = '${one.traceId}'`)).toBe(1)
  })

  test('an empty request is fine in both encodings', async () => {
    expect((await post('{}')).status).toBe(200)
    expect((await post(new Uint8Array(), { 'content-type': 'application/x-protobuf' })).status).toBe(200)
  })

  test.each([
    ['gzip', zlib.gzipSync],
    ['deflate', zlib.deflateSync],
  ])('%s', async (encoding, pack) => {
    const one = span()
    const answer = await post(pack(JSON.stringify(traces([one]))), { 'content-encoding': encoding })
    expect(answer.status).toBe(200)
    expect(await count(`TraceId = '${one.traceId}'`)).toBe(1)
  })

  test('a content type with a charset is still JSON', async () => {
    const answer = await post('{}', { 'content-type': 'application/json; charset=utf-8' })
    expect(answer.status).toBe(200)
  })
})

describe('partial success', () => {
  test('bad spans are counted in the answer, their neighbours are stored', async () => {
    const good = span({ name: 'the neighbour' })
    const bad = [span({ traceId: 'xyz' }), span({ spanId: '0000000000000000' }), span({ traceId: 'abcd' })]
    const answer = await post(JSON.stringify(traces([bad[0]!, good, bad[1]!, bad[2]!])))
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      partialSuccess: { rejectedSpans: '3', errorMessage: expect.stringContaining('traceId of 16 bytes') },
    })
    expect(await count(`TraceId = '${good.traceId}'`)).toBe(1)
  })

  test('a value nested too deep costs its span only', async () => {
    const deep = span({ attributes: [{ key: 'deep', value: { stringValue: 'CORE' } }] })
    const good = span()
    const levels = 20_000
    const value = `{"arrayValue":{"values":[`.repeat(levels) + ']}}'.repeat(levels)
    const body = JSON.stringify(traces([deep, good])).replace('{"stringValue":"CORE"}', value)
    expect((await post(body)).json).toMatchObject({ partialSuccess: { rejectedSpans: '1' } })
    expect(await count(`TraceId IN ('${deep.traceId}', '${good.traceId}')`)).toBe(1)
  })
})

describe('refused', () => {
  test.each([
    ['broken JSON', '{"resourceSpans": [', {}],
    ['JSON of the wrong shape', '{"resourceSpans": [{"scopeSpans": 7}]}', {}],
    ['an empty JSON body', '', {}],
    ['JSON null', 'null', {}],
    ['broken gzip', 'this is not gzip', { 'content-encoding': 'gzip' }],
  ])('%s is 400 with a Status in JSON', async (_, body, headers) => {
    const answer = await post(body, headers)
    expect(answer).toMatchObject({ status: 400, type: 'application/json', json: { code: 3 } })
    expect((answer.json as { message: string }).message).not.toBe('')
  })

  test('the message names the field', async () => {
    const answer = await post('{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":7}]}]}]}')
    expect(answer.json).toMatchObject({
      message: 'resourceSpans[0].scopeSpans[0].spans[0].name has to be a string',
    })
  })

  test('broken protobuf is 400 with a Status in protobuf', async () => {
    const answer = await post(Buffer.from([10, 200, 1, 5]), { 'content-type': 'application/x-protobuf' })
    expect(answer).toMatchObject({ status: 400, type: 'application/x-protobuf' })
    // Field 1 (code) is a varint with the value 3.
    expect([...answer.bytes.subarray(0, 2)]).toEqual([8, 3])
  })

  test('wrong method, path and type', async () => {
    const get = await fetch(`${receiver.http}/v1/traces`)
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await post('{}', {}, '/v1/nothing')).status).toBe(404)
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post('{}', { 'content-encoding': 'br' })).status).toBe(415)
  })

  test('more than 20 MiB is 413, announced or not, packed or not', async () => {
    const large = Buffer.alloc(21 * 1024 * 1024, ' ')
    expect((await post(large)).status).toBe(413)
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 21; i++) controller.enqueue(large.subarray(0, 1024 * 1024))
        controller.close()
      },
    })
    const chunked = await fetch(`${receiver.http}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect(chunked.status).toBe(413)
    const noise = Buffer.alloc(21 * 1024 * 1024, JSON.stringify(traces([span()])))
    const packed = await post(zlib.gzipSync(noise, { level: 1 }), { 'content-encoding': 'gzip' })
    expect(packed.status).toBe(413)
  })

  test('a bomb is 413, and the receiver stays small', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(200 * 1024 * 1024))
    const before = process.memoryUsage().rss
    for (let i = 0; i < 5; i++) expect((await post(bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
  })
})

describe('who may send', () => {
  test('a foreign Host is refused while only this machine may send', async () => {
    const answer = await raw('GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1.1 403 /)
    expect(await raw('GET /health HTTP/1.1\r\nHost: localhost:4318\r\nConnection: close\r\n\r\n')).toMatch(
      / 200 /,
    )
  })

  test('web pages may send only from the listed origins', async () => {
    const asked = await fetch(`${receiver.http}/v1/traces`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-headers': 'content-type,x-key' },
    })
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(asked.headers.get('access-control-allow-headers')).toBe('content-type,x-key')
    const allowed = await post('{}', { origin: 'https://app.example' })
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect((await post('{}', { origin: 'https://evil.example' })).status).toBe(403)
  })
})

describe('hostile senders', () => {
  test('half-closed and abandoned connections leave nothing behind', async () => {
    const head = 'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
    const whole = JSON.stringify(traces([span()]))
    // All of the request, then no more from this side: the answer still arrives.
    const answer = await raw(`${head}Content-Length: ${whole.length}\r\nConnection: close\r\n\r\n${whole}`)
    expect(answer).toMatch(/^HTTP\/1.1 200 /)
    await raw(`${head}Content-Length: 1000000\r\n\r\n{"resourceSpans":`)
    const abandoned = net.connect(receiver.ingest.httpPort, '127.0.0.1')
    await new Promise((resolve) => abandoned.write(`${head}Content-Length: 1000000\r\n\r\n{`, resolve))
    abandoned.destroy()
    await expect.poll(async () => gauge('spanlight_ingest_queue_bytes')).toBe(0)
  })

  test('100,000 attributes, NUL, markup, SQL and invalid UTF-8 are stored as they are', async () => {
    const attributes = Array.from({ length: 100_000 }, (_, i) => ({
      key: `k${i}`,
      value: { intValue: String(i) },
    }))
    const wide = span({ attributes })
    const odd = span({
      name: "<script>alert('x')</script>\0'; DROP TABLE otel_traces; --",
      attributes: [{ key: '<b>', value: { stringValue: '\0' } }],
    })
    expect((await post(JSON.stringify(traces([wide, odd])))).status).toBe(200)
    const [row] = await receiver.rows<{ SpanName: string; v: string; n: string }>(
      `SELECT SpanName, SpanAttributes['<b>'] AS v, (SELECT toString(length(mapKeys(SpanAttributes))) FROM otel_traces WHERE TraceId = '${wide.traceId}') AS n FROM otel_traces WHERE TraceId = '${odd.traceId}'`,
    )
    expect(row).toEqual({ SpanName: odd.name, v: '\0', n: '100000' })

    const broken = encodeProtobuf('traces', traces([span({ name: 'abcdefgh' })]))
    broken[Buffer.from(broken).indexOf('abcdefgh') + 3] = 0xff
    expect((await post(broken, { 'content-type': 'application/x-protobuf' })).status).toBe(200)
    expect(await count(`SpanName = 'abc\uFFFDefgh'`)).toBe(1)
  })

  test('a body of 10 MB and clocks that are years off', async () => {
    const big = span({ attributes: [{ key: 'big', value: { stringValue: 'x'.repeat(10_000_000) } }] })
    expect((await post(JSON.stringify(traces([big])))).status).toBe(200)
    const year = 365n * 86_400_000_000_000n
    const times = [now + year, now - year, 0n, 2n ** 64n - 1n]
    const odd = times.map((time) => span({ startTimeUnixNano: String(time), endTimeUnixNano: String(time) }))
    const answer = await post(JSON.stringify(traces(odd)))
    expect(answer).toMatchObject({ status: 200, json: {} })
    expect(await gauge('spanlight_ingest_odd_time_records_total{signal="traces",time="future"}')).toBe(2)
    expect(await gauge('spanlight_ingest_odd_time_records_total{signal="traces",time="old"}')).toBe(2)
    expect(await count(`TraceId = '${odd[0]?.traceId}'`)).toBe(1)
  })

  test('JSON of seven million empty objects does not take the memory of seven million objects', async () => {
    const greedy = await post(`{"resourceSpans":[${'{},'.repeat(6_900_000)}{}]}`)
    expect(greedy.status).toBe(200)
    expect((await post(JSON.stringify(traces([span()])))).status).toBe(200)
  })

  test('one request with 150 different days is stored', async () => {
    const day = 86_400_000_000_000n
    const spans = Array.from({ length: 150 }, (_, i) =>
      span({ startTimeUnixNano: String(now + BigInt(i) * day) }),
    )
    expect((await post(JSON.stringify(traces(spans, 'many-days')))).json).toEqual({})
    expect(await count(`ServiceName = 'many-days'`)).toBe(150)
  })
})

/** Sends text over a plain socket, closes this side, and returns all that comes back. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(receiver.ingest.httpPort, '127.0.0.1')
    let answer = ''
    socket.on('data', (part) => {
      answer += part.toString()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.end(text)
  })
}

async function gauge(name: string): Promise<number> {
  const text = await (await fetch(`${receiver.http}/metrics`)).text()
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `))
  return Number(line?.slice(name.length))
}
