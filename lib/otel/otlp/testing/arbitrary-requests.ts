import fc from 'fast-check'
import type { Signal } from '../decoded'
import type { AnyValue, KeyValue, RequestJson } from './otlp-json'

const maybe = { requiredKeys: [] as [] }
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', '<script>alert(1)</script>', '\0', "'; DROP TABLE otel_traces --", 'ünïcødé'),
)
const hex = (bytes: number) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .uint8Array({ minLength: bytes, maxLength: bytes })
        .map((b) => Buffer.from(b).toString('hex')),
    },
    { weight: 1, arbitrary: fc.constantFrom('', '00'.repeat(bytes), 'zz', 'ABCDEF') },
    {
      weight: 2,
      arbitrary: fc
        .uint8Array({ minLength: bytes, maxLength: bytes })
        .map((b) => Buffer.from(b).toString('hex').toUpperCase()),
    },
  )
const nanos = fc
  .oneof(
    fc.bigInt({ min: 1_700_000_000_000_000_000n, max: 1_700_100_000_000_000_000n }),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  )
  .map(String)
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)
const double = fc
  .oneof(fc.double(), fc.constantFrom(1, 0.1, -0, 1e21))
  .map((value) =>
    Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value),
  )
const bytes = fc.uint8Array({ maxLength: 12 }).map((b) => Buffer.from(b).toString('base64'))
const key = fc.oneof(
  fc.constantFrom('service.name', 'a', 'b', 'trace_id', 'traceId', 'span_id', '__proto__', 'constructor'),
  text,
)

const { value } = fc.letrec<{ value: AnyValue; pair: KeyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.record({ stringValue: fc.oneof(text, hex(16), hex(8)) }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: int64 }),
    fc.record({ doubleValue: double }),
    fc.record({ bytesValue: bytes }),
    fc.constant({}),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 4 }) }) }),
    fc.record({ kvlistValue: fc.record({ values: fc.array(tie('pair'), { maxLength: 4 }) }) }),
  ),
  pair: fc.record({ key, value: tie('value') }, { requiredKeys: ['key'] }),
}))
const attributes = fc.oneof(
  fc.array(fc.record({ key, value }, { requiredKeys: ['key'] }), { maxLength: 6 }),
  // More than the pairwise search for duplicates handles.
  fc.array(fc.record({ key: fc.constantFrom(...'abcdefghij'), value }), { minLength: 33, maxLength: 40 }),
)

const span = fc.record(
  {
    traceId: hex(16),
    spanId: hex(8),
    parentSpanId: hex(8),
    traceState: text,
    flags: fc.nat(2 ** 31),
    name: text,
    kind: fc.integer({ min: 0, max: 7 }),
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes,
    events: fc.array(fc.record({ timeUnixNano: nanos, name: text, attributes }, maybe), { maxLength: 3 }),
    links: fc.array(fc.record({ traceId: hex(16), spanId: hex(8), traceState: text, attributes }, maybe), {
      maxLength: 3,
    }),
    status: fc.record({ code: fc.integer({ min: 0, max: 3 }), message: text }, maybe),
  },
  { requiredKeys: ['traceId', 'spanId'] },
)

const log = fc.record(
  {
    timeUnixNano: nanos,
    observedTimeUnixNano: nanos,
    severityNumber: fc.integer({ min: 0, max: 24 }),
    severityText: text,
    body: value,
    attributes,
    flags: fc.nat(2 ** 31),
    traceId: hex(16),
    spanId: hex(8),
    eventName: text,
  },
  maybe,
)

const exemplar = fc.oneof(
  fc.record(
    {
      filteredAttributes: attributes,
      timeUnixNano: nanos,
      asDouble: double,
      spanId: hex(8),
      traceId: hex(16),
    },
    maybe,
  ),
  fc.record({ timeUnixNano: nanos, asInt: int64 }, maybe),
)
const exemplars = fc.array(exemplar, { maxLength: 2 })
const common = { attributes, startTimeUnixNano: nanos, timeUnixNano: nanos, flags: fc.nat(1) }
const numbers = fc.array(
  fc.oneof(
    fc.record({ ...common, asDouble: double, exemplars }, maybe),
    fc.record({ ...common, asInt: int64 }, maybe),
  ),
  { maxLength: 3 },
)
const totals = { count: uint64, sum: double, min: double, max: double }
const buckets = fc.record({ offset: fc.integer(), bucketCounts: fc.array(uint64, { maxLength: 4 }) }, maybe)
const aggregationTemporality = fc.integer({ min: 0, max: 2 })
const names = { name: text, description: text, unit: text }
const points = <T>(dataPoints: fc.Arbitrary<T[]>) =>
  fc.record({ dataPoints, aggregationTemporality }, { requiredKeys: ['dataPoints'] })
const metric = fc.oneof(
  fc.record({ ...names, gauge: points(numbers) }),
  fc.record({
    ...names,
    sum: fc.record({ dataPoints: numbers, aggregationTemporality, isMonotonic: fc.boolean() }),
  }),
  fc.record({
    ...names,
    histogram: points(
      fc.array(
        fc.record(
          {
            ...common,
            ...totals,
            bucketCounts: fc.array(uint64, { maxLength: 4 }),
            explicitBounds: fc.array(double, { maxLength: 4 }),
            exemplars,
          },
          maybe,
        ),
        { maxLength: 3 },
      ),
    ),
  }),
  fc.record({
    ...names,
    exponentialHistogram: points(
      fc.array(
        fc.record(
          {
            ...common,
            ...totals,
            scale: fc.integer(),
            zeroCount: uint64,
            positive: buckets,
            negative: buckets,
            exemplars,
          },
          maybe,
        ),
        { maxLength: 3 },
      ),
    ),
  }),
  fc.record({
    ...names,
    summary: fc.record({
      dataPoints: fc.array(
        fc.record(
          {
            ...common,
            count: uint64,
            sum: double,
            quantileValues: fc.array(
              fc.record(
                { quantile: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs), value: double },
                maybe,
              ),
              { maxLength: 3 },
            ),
          },
          maybe,
        ),
        { maxLength: 3 },
      ),
    }),
  }),
)

const scope = fc.record(
  { name: text, version: text, attributes, droppedAttributesCount: fc.nat(1000) },
  maybe,
)

function request<T>(
  resources: string,
  scopes: string,
  records: string,
  record: fc.Arbitrary<T>,
): fc.Arbitrary<RequestJson> {
  const scopeGroup = fc.record(
    { scope, schemaUrl: text, [records]: fc.array(record, { maxLength: 4 }) },
    maybe,
  )
  const resourceGroup = fc.record(
    {
      resource: fc.record({ attributes }, maybe),
      schemaUrl: text,
      [scopes]: fc.array(scopeGroup, { maxLength: 2 }),
    },
    maybe,
  )
  return fc.record({ [resources]: fc.array(resourceGroup, { maxLength: 2 }) }) as fc.Arbitrary<RequestJson>
}

/** Requests with every field, odd values and duplicates, as OTLP/JSON objects. */
export const ARBITRARY_REQUESTS: Readonly<Record<Signal, fc.Arbitrary<RequestJson>>> = {
  traces: request('resourceSpans', 'scopeSpans', 'spans', span),
  logs: request('resourceLogs', 'scopeLogs', 'logRecords', log),
  metrics: request('resourceMetrics', 'scopeMetrics', 'metrics', metric),
}
