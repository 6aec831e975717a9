import type { SchemaContext, TableDefinition } from './context'
import { itemsColumn, MAP } from './items'

const COLUMNS: readonly string[] = [
  'Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1))',
  'TraceId String CODEC(ZSTD(1))',
  'SpanId String CODEC(ZSTD(1))',
  'TraceFlags UInt8',
  'SeverityText LowCardinality(String) CODEC(ZSTD(1))',
  'SeverityNumber UInt8',
  'ServiceName LowCardinality(String) CODEC(ZSTD(1))',
  'Body String CODEC(ZSTD(1))',
  'ResourceSchemaUrl LowCardinality(String) CODEC(ZSTD(1))',
  `ResourceAttributes ${MAP} CODEC(ZSTD(1))`,
  'ScopeSchemaUrl LowCardinality(String) CODEC(ZSTD(1))',
  'ScopeName String CODEC(ZSTD(1))',
  'ScopeVersion LowCardinality(String) CODEC(ZSTD(1))',
  `ScopeAttributes ${MAP} CODEC(ZSTD(1))`,
  `LogAttributes ${MAP} CODEC(ZSTD(1))`,
  'EventName String CODEC(ZSTD(1))',
  itemsColumn('ResourceAttributeItems', 'ResourceAttributes'),
  itemsColumn('LogAttributeItems', 'LogAttributes'),
]

export function logsTable(context: SchemaContext): TableDefinition {
  return {
    name: 'otel_logs',
    columns: COLUMNS,
    indexes: [
      {
        name: 'idx_trace_id',
        expression: 'TraceId',
        text: "text(tokenizer = 'array')",
        fallback: 'bloom_filter(0.001) GRANULARITY 1',
      },
      {
        name: 'idx_body',
        expression: 'lower(Body)',
        text: "text(tokenizer = 'splitByNonAlpha')",
        fallback: 'tokenbf_v1(32768, 3, 0) GRANULARITY 8',
      },
      {
        name: 'idx_log_items',
        expression: 'LogAttributeItems',
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
    ttl: context.ttl.logs,
    shardBy: 'rand()',
    settings: { index_granularity: 1024 },
  }
}
