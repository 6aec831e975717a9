import { describe, expect, test } from 'vitest'
import type { Decoded, Signal } from './decoded'
import { jsonToProtobuf } from './json-to-protobuf'
import { JsonShapeError } from './json-values'
import { decodeLogs } from './logs'
import { decodeMetrics } from './metrics'
import { type Row, readRows } from './row-reader'
import { TooManyRowsError } from './row-sink'
import { decodeTraces } from './spans'
import type { AnyValue, LogRecord, Metric, Span } from './testing/otlp-json'

const nowMs = Date.UTC(2026, 10, 20, 9)
const clock = { nowMs, oldestMs: nowMs - 7 * 86_400_000 }
const IDS = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }
const DECODERS = { traces: decodeTraces, logs: decodeLogs, metrics: decodeMetrics }

function decode(signal: Signal, request: unknown): Decoded {
  const body = typeof request === 'string' ? request : JSON.stringify(request)
  return DECODERS[signal](jsonToProtobuf(signal, new TextEncoder().encode(body)), clock)
}

function rows(decoded: Decoded): Row[] {
  return decoded.chunks.flatMap((chunk) => readRows(chunk.table, chunk.bytes))
}

const spans = (...list: Span[]) => decode('traces', { resourceSpans: [{ scopeSpans: [{ spans: list }] }] })
const log = (record: LogRecord) =>
  rows(decode('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }))[0]!
const metrics = (metric: Metric) =>
  decode('metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] })

describe('spans', () => {
  test('ids in any case are stored in lower case', () => {
    const [row] = rows(spans({ traceId: IDS.traceId.toUpperCase(), spanId: IDS.spanId.toUpperCase() }))
    expect(row).toMatchObject({ TraceId: IDS.traceId, SpanId: IDS.spanId, ParentSpanId: '' })
  })

  test('a span without valid ids is rejected by reason, its neighbours are kept', () => {
    const decoded = spans(
      IDS,
      { ...IDS, traceId: 'not hex' },
      { ...IDS, traceId: '0'.repeat(32) },
      { ...IDS, spanId: 'ab' },
      { spanId: IDS.spanId },
    )
    expect(decoded).toMatchObject({ accepted: 1, rejected: 4, reasons: { bad_trace_id: 3, bad_span_id: 1 } })
    expect(decoded.message).toMatch(/traceId of 16 bytes.*; .*spanId of 8 bytes/)
  })

  test('an end before the start is a duration of 0', () => {
    const [row] = rows(
      spans({ ...IDS, startTimeUnixNano: '1700000000000000005', endTimeUnixNano: '1700000000000000004' }),
    )
    expect(row?.Duration).toBe(0n)
  })

  test('times given as JSON numbers keep every nanosecond', () => {
    const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${IDS.traceId}","spanId":"${IDS.spanId}","startTimeUnixNano":1763629200123456789,"endTimeUnixNano":1763629200123456790}]}]}]}`
    expect(rows(decode('traces', body))[0]).toMatchObject({ Timestamp: 1763629200123456789n, Duration: 1n })
  })

  test('snake_case names are unknown fields', () => {
    const body = { resource_spans: [{}], resourceSpans: [{ scope_spans: [{ spans: [IDS] }] }] }
    expect(decode('traces', body)).toMatchObject({ accepted: 0, rejected: 0 })
  })

  test('rows are split by day, to the nanosecond', () => {
    const midnight = 1763596800000000000n
    const at = (nanos: bigint) => ({ ...IDS, startTimeUnixNano: String(nanos) })
    const decoded = spans(at(midnight - 1n), at(midnight), at(midnight + 1n), at(midnight - 2n))
    expect(decoded.chunks.map((chunk) => [chunk.day, chunk.rows])).toEqual([
      [20411, 2],
      [20412, 2],
    ])
  })

  test('records of another time are accepted and counted', () => {
    const at = (ms: number) => ({ ...IDS, startTimeUnixNano: String(BigInt(ms) * 1_000_000n) })
    const year = 365 * 86_400_000
    expect(spans(at(nowMs), at(nowMs - year), at(nowMs + year), at(0))).toMatchObject({
      accepted: 4,
      old: 2,
      future: 1,
    })
  })
})

describe('attribute values', () => {
  function stored(value: AnyValue | undefined): string | undefined {
    const [row] = rows(spans({ ...IDS, attributes: [{ key: 'k', ...(value ? { value } : {}) }] }))
    const [pair] = row!.SpanAttributes as string[][]
    return pair?.[1]
  }

  test.each<[AnyValue | undefined, string]>([
    [{ stringValue: 'text' }, 'text'],
    [{ intValue: '-9223372036854775808' }, '-9223372036854775808'],
    [{ doubleValue: 1 }, '1'],
    [{ doubleValue: 'NaN' }, 'NaN'],
    [{ doubleValue: '-Infinity' }, '-Infinity'],
    [{ boolValue: false }, 'false'],
    [{ bytesValue: 'AAH/' }, 'AAH/'],
    [
      {
        arrayValue: {
          values: [{ intValue: '9007199254740993' }, { stringValue: 'a"b' }, { doubleValue: 'NaN' }, {}],
        },
      },
      '[9007199254740993,"a\\"b","NaN",null]',
    ],
    [
      {
        kvlistValue: {
          values: [
            { key: 'a', value: { intValue: '1' } },
            { key: 'b', value: { bytesValue: 'AA==' } },
            { key: 'a', value: { boolValue: true } },
          ],
        },
      },
      '{"b":"AA==","a":true}',
    ],
    [{}, ''],
    [undefined, ''],
  ])('%j is stored as %s', (value, text) => {
    expect(stored(value)).toBe(text)
  })

  test('of duplicate keys the last one wins, in short and long lists', () => {
    for (const filler of [0, 100]) {
      const attributes = [
        { key: 'k', value: { stringValue: 'first' } },
        ...Array.from({ length: filler }, (_, i) => ({ key: `f${i}`, value: { intValue: '1' } })),
        { key: 'k', value: { stringValue: 'last' } },
      ]
      const pairs = rows(spans({ ...IDS, attributes }))[0]?.SpanAttributes as [string, string][]
      expect(pairs).toHaveLength(filler + 1)
      expect(pairs.filter(([key]) => key === 'k')).toEqual([['k', 'last']])
    }
  })

  test('64 levels are stored, 65 cost the record; in a resource all its records', () => {
    const nested = (levels: number) => '{"arrayValue":{"values":['.repeat(levels) + ']}}'.repeat(levels)
    const request = (spanLevels: number, resourceLevels: number) =>
      `{"resourceSpans":[{"resource":{"attributes":[{"key":"r","value":${nested(resourceLevels)}}]},"scopeSpans":[{"spans":[{"traceId":"${IDS.traceId}","spanId":"${IDS.spanId}","attributes":[{"key":"s","value":${nested(spanLevels)}}]},{"traceId":"${IDS.traceId}","spanId":"${IDS.spanId}"}]}]}]}`
    expect(decode('traces', request(64, 64))).toMatchObject({ accepted: 2, rejected: 0 })
    expect(decode('traces', request(65, 1))).toMatchObject({ accepted: 1, reasons: { value_too_deep: 1 } })
    expect(decode('traces', request(100_000, 1))).toMatchObject({
      accepted: 1,
      reasons: { value_too_deep: 1 },
    })
    expect(decode('traces', request(1, 65))).toMatchObject({ accepted: 0, reasons: { value_too_deep: 2 } })
  })
})

describe('service name', () => {
  const service = (attributes: unknown) =>
    rows(
      decode('traces', { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [IDS] }] }] }),
    )[0]?.ServiceName

  test('comes from the resource, else it is unknown_service', () => {
    expect(service([{ key: 'service.name', value: { stringValue: 'cart' } }])).toBe('cart')
    expect(service([])).toBe('unknown_service')
    expect(service([{ key: 'service.name', value: { stringValue: '' } }])).toBe('unknown_service')
  })
})

describe('logs', () => {
  test('time: the own one, else the observed one, else that of receipt', () => {
    expect(log({ timeUnixNano: '5', observedTimeUnixNano: '6' }).Timestamp).toBe(5n)
    expect(log({ timeUnixNano: '0', observedTimeUnixNano: '6' }).Timestamp).toBe(6n)
    expect(log({}).Timestamp).toBe(BigInt(nowMs) * 1_000_000n)
  })

  test('body: text as it is, anything else as JSON', () => {
    expect(log({ body: { stringValue: 'plain' } }).Body).toBe('plain')
    const body = { kvlistValue: { values: [{ key: 'a', value: { intValue: '1' } }] } }
    expect(log({ body }).Body).toBe('{"a":1}')
    expect(log({}).Body).toBe('')
  })

  test('invalid ids are stored empty and the record is kept', () => {
    expect(log({ traceId: 'zz', spanId: '00' })).toMatchObject({ TraceId: '', SpanId: '' })
  })

  const pair = (key: string, stringValue: string) => ({ key, value: { stringValue } })

  test.each<[string, LogRecord]>([
    [
      'attributes trace_id, span_id',
      { attributes: [pair('trace_id', IDS.traceId), pair('span_id', IDS.spanId)] },
    ],
    [
      'attributes traceId, spanId',
      { attributes: [pair('traceId', IDS.traceId.toUpperCase()), pair('spanId', IDS.spanId)] },
    ],
    [
      'a JSON body with trace.id, span.id',
      { body: { stringValue: ` {"msg":"x","trace.id":"${IDS.traceId}","span.id":"${IDS.spanId}"}` } },
    ],
    [
      'a map body',
      { body: { kvlistValue: { values: [pair('trace_id', IDS.traceId), pair('span_id', IDS.spanId)] } } },
    ],
    [
      'one from each',
      { attributes: [pair('trace_id', IDS.traceId)], body: { stringValue: `{"spanId":"${IDS.spanId}"}` } },
    ],
  ])('ids are taken from %s', (_, record) => {
    expect(log(record)).toMatchObject({ TraceId: IDS.traceId, SpanId: IDS.spanId })
  })

  test('the record’s own ids win, and what is no id is not taken', () => {
    const own = '1af7651916cd43dd8448eb211c80319c'
    expect(log({ traceId: own, attributes: [pair('trace_id', IDS.traceId)] }).TraceId).toBe(own)
    expect(log({ attributes: [pair('trace_id', 'x'.repeat(32))] }).TraceId).toBe('')
    expect(log({ body: { stringValue: '{"trace_id": 7, broken' } }).TraceId).toBe('')
  })
})

describe('metrics', () => {
  test('a metric of a bad point keeps its neighbours; one of no type stores nothing', () => {
    expect(metrics({ name: 'empty' })).toMatchObject({ accepted: 0, rejected: 0, chunks: [] })
  })

  test('unpacked lists are read like packed ones', () => {
    // Histogram point with bucket_counts (6) and explicit_bounds (7) as single fixed64 fields.
    const point = [
      0x31, 1, 0, 0, 0, 0, 0, 0, 0, 0x31, 2, 0, 0, 0, 0, 0, 0, 0, 0x39, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f,
    ]
    const wrap = (tag: number, inner: number[]) => [tag, inner.length, ...inner]
    const request = wrap(10, wrap(18, wrap(18, wrap(74, wrap(10, point)))))
    const [row] = rows(decodeMetrics(Uint8Array.from(request), clock))
    expect(row).toMatchObject({ BucketCounts: [1n, 2n], ExplicitBounds: [1] })
  })
})

test('a value of the wrong kind is named by its path', () => {
  const broken = (request: unknown) => () => decode('traces', request)
  expect(broken('[]')).toThrow(JsonShapeError)
  expect(broken({ resourceSpans: {} })).toThrow('resourceSpans has to be an array')
  expect(broken({ resourceSpans: [{ scopeSpans: [{ spans: [{ startTimeUnixNano: 'soon' }] }] }] })).toThrow(
    'resourceSpans[0].scopeSpans[0].spans[0].startTimeUnixNano has to be a 64-bit unsigned integer as text',
  )
})

test('a small body that unfolds to gigabytes of rows is refused', () => {
  const attributes = [{ key: 'large', value: { stringValue: 'x'.repeat(1_000_000) } }]
  const logRecords = Array.from({ length: 10_000 }, () => ({}))
  expect(() =>
    decode('logs', { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords }] }] }),
  ).toThrow(TooManyRowsError)
})

test.each([
  ['spans', 'traces', [18]],
  ['attributes of a span', 'traces', [18, 74]],
  ['events of a span', 'traces', [18, 90]],
  ['links of a span', 'traces', [18, 106]],
  ['log records', 'logs', [18]],
  ['data points', 'metrics', [18, 42, 10]],
] as const)('a million empty %s', (_, signal, tags) => {
  const [inner, ...outer] = [...tags].reverse()
  let message = Buffer.alloc(2_000_000)
  for (let i = 0; i < message.length; i += 2) message[i] = inner!
  for (const tag of [...outer, 18, 10]) {
    const length = [
      (message.length & 127) | 128,
      ((message.length >> 7) & 127) | 128,
      ((message.length >> 14) & 127) | 128,
      message.length >> 21,
    ]
    message = Buffer.concat([Buffer.from([tag, ...length]), message])
  }
  const { accepted, rejected } = DECODERS[signal](message, clock)
  expect([1, 1_000_000]).toContain(accepted + rejected)
})
