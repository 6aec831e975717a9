import type { SchemaContext, TableDefinition } from './context'
import { MAP } from './pieces'

const HEAD: readonly string[] = [
  `ResourceAttributes ${MAP} CODEC(ZSTD(1))`,
  'ResourceSchemaUrl String CODEC(ZSTD(1))',
  'ScopeName String CODEC(ZSTD(1))',
  'ScopeVersion String CODEC(ZSTD(1))',
  `ScopeAttributes ${MAP} CODEC(ZSTD(1))`,
  'ScopeDroppedAttrCount UInt32 CODEC(ZSTD(1))',
  'ScopeSchemaUrl String CODEC(ZSTD(1))',
  'ServiceName LowCardinality(String) CODEC(ZSTD(1))',
  'MetricName LowCardinality(String) CODEC(ZSTD(1))',
  'MetricDescription LowCardinality(String) CODEC(ZSTD(1))',
  'MetricUnit LowCardinality(String) CODEC(ZSTD(1))',
  `Attributes ${MAP} CODEC(ZSTD(1))`,
  'StartTimeUnix DateTime64(9) CODEC(Delta(8), ZSTD(1))',
  'TimeUnix DateTime64(9) CODEC(Delta(8), ZSTD(1))',
]

const FLAGS = 'Flags UInt32 CODEC(ZSTD(1))'
const TEMPORALITY = 'AggregationTemporality Int32 CODEC(ZSTD(1))'
const EXEMPLARS = `Exemplars Nested(FilteredAttributes ${MAP}, TimeUnix DateTime64(9), Value Float64, SpanId String, TraceId String) CODEC(ZSTD(1))`
const COUNT_AND_SUM = ['Count UInt64 CODEC(Delta(8), ZSTD(1))', 'Sum Float64 CODEC(ZSTD(1))']
const MIN_AND_MAX = ['Min Float64 CODEC(ZSTD(1))', 'Max Float64 CODEC(ZSTD(1))']

/** The columns that only this kind of metric has. */
const BODIES: Readonly<Record<string, readonly string[]>> = {
  otel_metrics_gauge: ['Value Float64 CODEC(ZSTD(1))', FLAGS, EXEMPLARS],
  otel_metrics_sum: [
    'Value Float64 CODEC(ZSTD(1))',
    FLAGS,
    EXEMPLARS,
    TEMPORALITY,
    'IsMonotonic Bool CODEC(ZSTD(1))',
  ],
  otel_metrics_histogram: [
    ...COUNT_AND_SUM,
    'BucketCounts Array(UInt64) CODEC(ZSTD(1))',
    'ExplicitBounds Array(Float64) CODEC(ZSTD(1))',
    EXEMPLARS,
    FLAGS,
    ...MIN_AND_MAX,
    TEMPORALITY,
  ],
  otel_metrics_exponential_histogram: [
    ...COUNT_AND_SUM,
    'Scale Int32 CODEC(ZSTD(1))',
    'ZeroCount UInt64 CODEC(ZSTD(1))',
    'PositiveOffset Int32 CODEC(ZSTD(1))',
    'PositiveBucketCounts Array(UInt64) CODEC(ZSTD(1))',
    'NegativeOffset Int32 CODEC(ZSTD(1))',
    'NegativeBucketCounts Array(UInt64) CODEC(ZSTD(1))',
    EXEMPLARS,
    FLAGS,
    ...MIN_AND_MAX,
    TEMPORALITY,
  ],
  otel_metrics_summary: [
    ...COUNT_AND_SUM,
    'ValueAtQuantiles Nested(Quantile Float64, Value Float64) CODEC(ZSTD(1))',
    FLAGS,
  ],
}

/**
 * A chart asks for one metric of few services over a long time, so the name leads. The hour keeps the rows
 * of one series together without sorting by whole attribute maps.
 */
export function metricsTables(context: SchemaContext): TableDefinition[] {
  return Object.entries(BODIES).map(([name, body]) => ({
    name,
    columns: [...HEAD, ...body],
    engine: 'MergeTree',
    partitionBy: 'toDate(TimeUnix)',
    orderBy: '(MetricName, ServiceName, toStartOfHour(TimeUnix), cityHash64(Attributes), TimeUnix)',
    ttlFrom: 'toDateTime(TimeUnix)',
    ttl: context.ttl.metrics,
    shardBy: 'cityHash64(MetricName, ServiceName)',
    settings: { index_granularity: 8192 },
  }))
}
