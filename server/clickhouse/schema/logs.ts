import { wordsExpression } from '@/lib/otel/words'
import type { SchemaContext, TableDefinition } from './context'
import { arrayIndex, itemsColumn, MAP, rowIdentity } from './pieces'

/** As for traces: LZ4 where a column is nearly constant. */
const COLUMNS: readonly string[] = [
  'Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1))',
  'TraceId String CODEC(ZSTD(1))',
  'SpanId String CODEC(ZSTD(1))',
  'TraceFlags UInt8 CODEC(LZ4)',
  'SeverityText LowCardinality(String) CODEC(ZSTD(1))',
  'SeverityNumber UInt8 CODEC(ZSTD(1))',
  'ServiceName LowCardinality(String) CODEC(LZ4)',
  'Body String CODEC(ZSTD(1))',
  'ResourceSchemaUrl LowCardinality(String) CODEC(LZ4)',
  `ResourceAttributes ${MAP} CODEC(ZSTD(1))`,
  'ScopeSchemaUrl LowCardinality(String) CODEC(LZ4)',
  'ScopeName String CODEC(LZ4)',
  'ScopeVersion LowCardinality(String) CODEC(LZ4)',
  `ScopeAttributes ${MAP} CODEC(LZ4)`,
  `LogAttributes ${MAP} CODEC(ZSTD(1))`,
  'EventName String CODEC(LZ4)',
  itemsColumn('ResourceAttributeItems', 'ResourceAttributes'),
  itemsColumn('LogAttributeItems', 'LogAttributes'),
]

export function logsTable(context: SchemaContext): TableDefinition {
  return {
    name: 'otel_logs',
    columns: COLUMNS,
    indexes: [
      arrayIndex('idx_trace_id', 'TraceId', 'bloom_filter(0.001) GRANULARITY 8'),
      {
        name: 'idx_body',
        // Words as the search language means them, so that a word search reads the index alone.
        expression: wordsExpression('Body'),
        text: "text(tokenizer = 'splitByNonAlpha')",
        fallback: 'tokenbf_v1(32768, 3, 0) GRANULARITY 8',
      },
      arrayIndex('idx_resource_items', 'ResourceAttributeItems', 'bloom_filter(0.01) GRANULARITY 8'),
      arrayIndex('idx_log_items', 'LogAttributeItems', 'bloom_filter(0.01) GRANULARITY 8'),
      arrayIndex('idx_log_keys', 'mapKeys(LogAttributes)', 'bloom_filter(0.01) GRANULARITY 8'),
    ],
    engine: 'MergeTree',
    partitionBy: 'toDate(Timestamp)',
    orderBy: '(toStartOfMinute(Timestamp), ServiceName, Timestamp)',
    ttlFrom: 'toDateTime(Timestamp)',
    ttl: context.ttl.logs,
    shardBy: 'rand()',
    settings: { index_granularity: 512, ...rowIdentity(context) },
  }
}
