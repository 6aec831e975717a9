/**
 * What the receiver writes: each table's columns in the order of their bytes in a row, with RowBinary types.
 * Names are the OpenTelemetry Collector exporter's. Columns that are equal for many rows come first, so that
 * they are encoded once and copied.
 */
export const TABLES = [
  'otel_traces',
  'otel_logs',
  'otel_metrics_gauge',
  'otel_metrics_sum',
  'otel_metrics_histogram',
  'otel_metrics_exponential_histogram',
  'otel_metrics_summary',
] as const

export type TableName = (typeof TABLES)[number]

export interface InsertColumn {
  readonly name: string
  readonly type: string
}

const MAP = 'Map(LowCardinality(String), String)'
const TIME = 'DateTime64(9)'

const METRIC: Readonly<Record<string, string>> = {
  ResourceAttributes: MAP,
  ServiceName: 'String',
  ResourceSchemaUrl: 'String',
  ScopeName: 'String',
  ScopeVersion: 'String',
  ScopeAttributes: MAP,
  ScopeDroppedAttrCount: 'UInt32',
  ScopeSchemaUrl: 'String',
  MetricName: 'String',
  MetricDescription: 'String',
  MetricUnit: 'String',
  Attributes: MAP,
  StartTimeUnix: TIME,
  TimeUnix: TIME,
  Flags: 'UInt32',
}

const EXEMPLARS: Readonly<Record<string, string>> = {
  'Exemplars.FilteredAttributes': `Array(${MAP})`,
  'Exemplars.TimeUnix': `Array(${TIME})`,
  'Exemplars.Value': 'Array(Float64)',
  'Exemplars.SpanId': 'Array(String)',
  'Exemplars.TraceId': 'Array(String)',
}

const TYPES: Readonly<Record<TableName, Readonly<Record<string, string>>>> = {
  otel_traces: {
    ResourceAttributes: MAP,
    ServiceName: 'String',
    ScopeName: 'String',
    ScopeVersion: 'String',
    Timestamp: TIME,
    TraceId: 'String',
    SpanId: 'String',
    ParentSpanId: 'String',
    TraceState: 'String',
    SpanName: 'String',
    SpanKind: 'String',
    SpanAttributes: MAP,
    Duration: 'UInt64',
    StatusCode: 'String',
    StatusMessage: 'String',
    'Events.Timestamp': `Array(${TIME})`,
    'Events.Name': 'Array(String)',
    'Events.Attributes': `Array(${MAP})`,
    'Links.TraceId': 'Array(String)',
    'Links.SpanId': 'Array(String)',
    'Links.TraceState': 'Array(String)',
    'Links.Attributes': `Array(${MAP})`,
  },
  otel_logs: {
    ResourceAttributes: MAP,
    ServiceName: 'String',
    ResourceSchemaUrl: 'String',
    ScopeName: 'String',
    ScopeVersion: 'String',
    ScopeAttributes: MAP,
    ScopeSchemaUrl: 'String',
    Timestamp: TIME,
    TraceId: 'String',
    SpanId: 'String',
    TraceFlags: 'UInt8',
    SeverityText: 'String',
    SeverityNumber: 'UInt8',
    Body: 'String',
    LogAttributes: MAP,
    EventName: 'String',
  },
  otel_metrics_gauge: { ...METRIC, Value: 'Float64', ...EXEMPLARS },
  otel_metrics_sum: {
    ...METRIC,
    AggregationTemporality: 'Int32',
    IsMonotonic: 'Bool',
    Value: 'Float64',
    ...EXEMPLARS,
  },
  otel_metrics_histogram: {
    ...METRIC,
    AggregationTemporality: 'Int32',
    Count: 'UInt64',
    Sum: 'Float64',
    BucketCounts: 'Array(UInt64)',
    ExplicitBounds: 'Array(Float64)',
    Min: 'Float64',
    Max: 'Float64',
    ...EXEMPLARS,
  },
  otel_metrics_exponential_histogram: {
    ...METRIC,
    AggregationTemporality: 'Int32',
    Count: 'UInt64',
    Sum: 'Float64',
    Scale: 'Int32',
    ZeroCount: 'UInt64',
    PositiveOffset: 'Int32',
    PositiveBucketCounts: 'Array(UInt64)',
    NegativeOffset: 'Int32',
    NegativeBucketCounts: 'Array(UInt64)',
    Min: 'Float64',
    Max: 'Float64',
    ...EXEMPLARS,
  },
  otel_metrics_summary: {
    ...METRIC,
    Count: 'UInt64',
    Sum: 'Float64',
    'ValueAtQuantiles.Quantile': 'Array(Float64)',
    'ValueAtQuantiles.Value': 'Array(Float64)',
  },
}

export function insertColumns(table: TableName): readonly InsertColumn[] {
  return Object.entries(TYPES[table]).map(([name, type]) => ({ name, type }))
}
