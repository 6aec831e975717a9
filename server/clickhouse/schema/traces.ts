import type { SchemaContext, TableDefinition } from './context'
import { arrayIndex, itemsColumn, MAP, rowIdentity } from './pieces'

/**
 * Columns as the Collector's ClickHouse exporter names them, so that a Collector can write here too. ZSTD where
 * it saves bytes; LZ4 where a column is nearly constant: there ZSTD saves nothing, and its set-up per granule is
 * what makes small inserts dear (docs/BENCHMARKS.md).
 */
const COLUMNS: readonly string[] = [
  'Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1))',
  'TraceId String CODEC(ZSTD(1))',
  'SpanId String CODEC(ZSTD(1))',
  'ParentSpanId String CODEC(ZSTD(1))',
  'TraceState String CODEC(LZ4)',
  'SpanName LowCardinality(String) CODEC(ZSTD(1))',
  'SpanKind LowCardinality(String) CODEC(LZ4)',
  'ServiceName LowCardinality(String) CODEC(LZ4)',
  `ResourceAttributes ${MAP} CODEC(ZSTD(1))`,
  'ScopeName String CODEC(LZ4)',
  'ScopeVersion String CODEC(LZ4)',
  `SpanAttributes ${MAP} CODEC(ZSTD(1))`,
  'Duration UInt64 CODEC(ZSTD(1))',
  'StatusCode LowCardinality(String) CODEC(LZ4)',
  'StatusMessage String CODEC(LZ4)',
  '`Events.Timestamp` Array(DateTime64(9)) CODEC(LZ4)',
  '`Events.Name` Array(LowCardinality(String)) CODEC(LZ4)',
  `\`Events.Attributes\` Array(${MAP}) CODEC(ZSTD(1))`,
  '`Links.TraceId` Array(String) CODEC(LZ4)',
  '`Links.SpanId` Array(String) CODEC(LZ4)',
  '`Links.TraceState` Array(String) CODEC(LZ4)',
  `\`Links.Attributes\` Array(${MAP}) CODEC(LZ4)`,
  itemsColumn('ResourceAttributeItems', 'ResourceAttributes'),
  itemsColumn('SpanAttributeItems', 'SpanAttributes'),
]

export function tracesTable(context: SchemaContext): TableDefinition {
  return {
    name: 'otel_traces',
    columns: COLUMNS,
    indexes: [
      arrayIndex('idx_trace_id', 'TraceId', 'bloom_filter(0.001) GRANULARITY 8'),
      arrayIndex('idx_resource_items', 'ResourceAttributeItems', 'bloom_filter(0.01) GRANULARITY 8'),
      arrayIndex('idx_span_items', 'SpanAttributeItems', 'bloom_filter(0.01) GRANULARITY 8'),
      arrayIndex('idx_span_keys', 'mapKeys(SpanAttributes)', 'bloom_filter(0.01) GRANULARITY 8'),
    ],
    engine: 'MergeTree',
    partitionBy: 'toDate(Timestamp)',
    orderBy: '(toStartOfMinute(Timestamp), ServiceName, Timestamp)',
    ttlFrom: 'toDateTime(Timestamp)',
    ttl: context.ttl.traces,
    shardBy: 'cityHash64(TraceId)',
    settings: { index_granularity: 1024, ...rowIdentity(context) },
  }
}
