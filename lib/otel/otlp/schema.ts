/**
 * The OTLP messages as data: JSON name → field number and type. opentelemetry-proto, packages common, resource,
 * trace, logs, metrics and collector, version 1.
 */
export type ScalarType =
  | 'string'
  | 'bytes'
  /** bytes that JSON writes as hex instead of base64 */
  | 'id'
  | 'fixed64'
  | 'sfixed64'
  | 'int64'
  | 'uint64'
  | 'uint32'
  | 'sint32'
  | 'fixed32'
  | 'double'
  | 'bool'
  | 'enum'

export interface Field {
  readonly number: number
  readonly type: ScalarType | { readonly message: string }
  readonly repeated: boolean
}

/** `'4 string'`, `'1 Resource'`, `'2 Span[]'`: a type with a capital letter is a message. */
function message(fields: Readonly<Record<string, string>>): ReadonlyMap<string, Field> {
  return new Map(Object.entries(fields).map(([name, text]) => [name, field(text)]))
}

function field(text: string): Field {
  const [number = '', type = ''] = text.split(' ')
  const repeated = type.endsWith('[]')
  const base = repeated ? type.slice(0, -2) : type
  return {
    number: Number(number),
    type: /^[A-Z]/.test(base) ? { message: base } : (base as ScalarType),
    repeated,
  }
}

const NUMBER_VALUE = { asDouble: '4 double', asInt: '6 sfixed64' }
const TIMES = { startTimeUnixNano: '2 fixed64', timeUnixNano: '3 fixed64' }

export const MESSAGES: Readonly<Record<string, ReadonlyMap<string, Field>>> = {
  TracesRequest: message({ resourceSpans: '1 ResourceSpans[]' }),
  LogsRequest: message({ resourceLogs: '1 ResourceLogs[]' }),
  MetricsRequest: message({ resourceMetrics: '1 ResourceMetrics[]' }),

  AnyValue: message({
    stringValue: '1 string',
    boolValue: '2 bool',
    intValue: '3 int64',
    doubleValue: '4 double',
    arrayValue: '5 ArrayValue',
    kvlistValue: '6 KeyValueList',
    bytesValue: '7 bytes',
  }),
  ArrayValue: message({ values: '1 AnyValue[]' }),
  KeyValueList: message({ values: '1 KeyValue[]' }),
  KeyValue: message({ key: '1 string', value: '2 AnyValue' }),
  InstrumentationScope: message({
    name: '1 string',
    version: '2 string',
    attributes: '3 KeyValue[]',
    droppedAttributesCount: '4 uint32',
  }),
  Resource: message({ attributes: '1 KeyValue[]', droppedAttributesCount: '2 uint32' }),

  ResourceSpans: message({ resource: '1 Resource', scopeSpans: '2 ScopeSpans[]', schemaUrl: '3 string' }),
  ScopeSpans: message({ scope: '1 InstrumentationScope', spans: '2 Span[]', schemaUrl: '3 string' }),
  Span: message({
    traceId: '1 id',
    spanId: '2 id',
    traceState: '3 string',
    parentSpanId: '4 id',
    flags: '16 fixed32',
    name: '5 string',
    kind: '6 enum',
    startTimeUnixNano: '7 fixed64',
    endTimeUnixNano: '8 fixed64',
    attributes: '9 KeyValue[]',
    droppedAttributesCount: '10 uint32',
    events: '11 SpanEvent[]',
    droppedEventsCount: '12 uint32',
    links: '13 SpanLink[]',
    droppedLinksCount: '14 uint32',
    status: '15 Status',
  }),
  SpanEvent: message({
    timeUnixNano: '1 fixed64',
    name: '2 string',
    attributes: '3 KeyValue[]',
    droppedAttributesCount: '4 uint32',
  }),
  SpanLink: message({
    traceId: '1 id',
    spanId: '2 id',
    traceState: '3 string',
    attributes: '4 KeyValue[]',
    droppedAttributesCount: '5 uint32',
    flags: '6 fixed32',
  }),
  Status: message({ message: '2 string', code: '3 enum' }),

  ResourceLogs: message({ resource: '1 Resource', scopeLogs: '2 ScopeLogs[]', schemaUrl: '3 string' }),
  ScopeLogs: message({ scope: '1 InstrumentationScope', logRecords: '2 LogRecord[]', schemaUrl: '3 string' }),
  LogRecord: message({
    timeUnixNano: '1 fixed64',
    observedTimeUnixNano: '11 fixed64',
    severityNumber: '2 enum',
    severityText: '3 string',
    body: '5 AnyValue',
    attributes: '6 KeyValue[]',
    droppedAttributesCount: '7 uint32',
    flags: '8 fixed32',
    traceId: '9 id',
    spanId: '10 id',
    eventName: '12 string',
  }),

  ResourceMetrics: message({
    resource: '1 Resource',
    scopeMetrics: '2 ScopeMetrics[]',
    schemaUrl: '3 string',
  }),
  ScopeMetrics: message({ scope: '1 InstrumentationScope', metrics: '2 Metric[]', schemaUrl: '3 string' }),
  Metric: message({
    name: '1 string',
    description: '2 string',
    unit: '3 string',
    gauge: '5 Gauge',
    sum: '7 Sum',
    histogram: '9 Histogram',
    exponentialHistogram: '10 ExponentialHistogram',
    summary: '11 Summary',
    metadata: '12 KeyValue[]',
  }),
  Gauge: message({ dataPoints: '1 NumberDataPoint[]' }),
  Sum: message({
    dataPoints: '1 NumberDataPoint[]',
    aggregationTemporality: '2 enum',
    isMonotonic: '3 bool',
  }),
  Histogram: message({ dataPoints: '1 HistogramDataPoint[]', aggregationTemporality: '2 enum' }),
  ExponentialHistogram: message({
    dataPoints: '1 ExponentialHistogramDataPoint[]',
    aggregationTemporality: '2 enum',
  }),
  Summary: message({ dataPoints: '1 SummaryDataPoint[]' }),
  NumberDataPoint: message({
    attributes: '7 KeyValue[]',
    ...TIMES,
    ...NUMBER_VALUE,
    exemplars: '5 Exemplar[]',
    flags: '8 uint32',
  }),
  HistogramDataPoint: message({
    attributes: '9 KeyValue[]',
    ...TIMES,
    count: '4 fixed64',
    sum: '5 double',
    bucketCounts: '6 fixed64[]',
    explicitBounds: '7 double[]',
    exemplars: '8 Exemplar[]',
    flags: '10 uint32',
    min: '11 double',
    max: '12 double',
  }),
  ExponentialHistogramDataPoint: message({
    attributes: '1 KeyValue[]',
    ...TIMES,
    count: '4 fixed64',
    sum: '5 double',
    scale: '6 sint32',
    zeroCount: '7 fixed64',
    positive: '8 Buckets',
    negative: '9 Buckets',
    flags: '10 uint32',
    exemplars: '11 Exemplar[]',
    min: '12 double',
    max: '13 double',
    zeroThreshold: '14 double',
  }),
  Buckets: message({ offset: '1 sint32', bucketCounts: '2 uint64[]' }),
  SummaryDataPoint: message({
    attributes: '7 KeyValue[]',
    ...TIMES,
    count: '4 fixed64',
    sum: '5 double',
    quantileValues: '6 ValueAtQuantile[]',
    flags: '8 uint32',
  }),
  ValueAtQuantile: message({ quantile: '1 double', value: '2 double' }),
  Exemplar: message({
    filteredAttributes: '7 KeyValue[]',
    timeUnixNano: '2 fixed64',
    asDouble: '3 double',
    asInt: '6 sfixed64',
    spanId: '4 id',
    traceId: '5 id',
  }),
}
