import type { SchemaContext, TableDefinition } from './context'
import { itemsColumn, MAP } from './items'

/** Columns as the Collector's ClickHouse exporter names them, so that a Collector can write here too. */
const COLUMNS: readonly string[] = [
  'Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1))',
  'TraceId String CODEC(ZSTD(1))',
  'SpanId String CODEC(ZSTD(1))',
  'ParentSpanId String CODEC(ZSTD(1))',
  'TraceState String CODEC(ZSTD(1))',
  'SpanName LowCardinality(String) CODEC(ZSTD(1))',
  'SpanKind LowCardinality(String) CODEC(ZSTD(1))',
  'ServiceName LowCardinality(String) CODEC(ZSTD(1))',
  `ResourceAttributes ${MAP} CODEC(ZSTD(1))`,
  'ScopeName String CODEC(ZSTD(1))',
  'ScopeVersion String CODEC(ZSTD(1))',
  `SpanAttributes ${MAP} CODEC(ZSTD(1))`,
  'Duration UInt64 CODEC(T64, ZSTD(1))',
  'StatusCode LowCardinality(String) CODEC(ZSTD(1))',
  'StatusMessage String CODEC(ZSTD(1))',
  `Events Nested(Timestamp DateTime64(9), Name LowCardinality(String), Attributes ${MAP}) CODEC(ZSTD(1))`,
  `Links Nested(TraceId String, SpanId String, TraceState String, Attributes ${MAP}) CODEC(ZSTD(1))`,
  itemsColumn('ResourceAttributeItems', 'ResourceAttributes'),
  itemsColumn('SpanAttributeItems', 'SpanAttributes'),
]

export function tracesTable(context: SchemaContext): TableDefinition {
  return {
    name: 'otel_traces',
    columns: COLUMNS,
    indexes: [
      {
        name: 'idx_trace_id',
        expression: 'TraceId',
        text: "text(tokenizer = 'array')",
        fallback: 'bloom_filter(0.001) GRANULARITY 1',
      },
      {
        name: 'idx_span_items',
        expression: 'SpanAttributeItems',
        text: "text(tokenizer = 'array')",
        fallback: 'bloom_filter(0.01) GRANULARITY 1',
      },
      {
        name: 'idx_resource_items',
        expression: 'ResourceAttributeItems',
        text: "text(tokenizer = 'array')",
        fallback: 'bloom_filter(0.01) GRANULARITY 1',
      },
    ],
    engine: 'MergeTree',
    partitionBy: 'toDate(Timestamp)',
    orderBy: '(toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp)',
    ttlFrom: 'toDateTime(Timestamp)',
    ttl: context.ttl.traces,
    shardBy: 'cityHash64(TraceId)',
    settings: { index_granularity: 1024 },
  }
}
