import type { SchemaContext, TableDefinition } from './context'

/** Records per minute: what histograms and counts by service, kind, status or severity read. */
export function tracesRollup(context: SchemaContext): TableDefinition {
  return {
    name: 'spanlight_traces_1m',
    columns: [
      'Time DateTime CODEC(Delta(4), ZSTD(1))',
      'ServiceName LowCardinality(String) CODEC(ZSTD(1))',
      'SpanKind LowCardinality(String) CODEC(ZSTD(1))',
      'StatusCode LowCardinality(String) CODEC(ZSTD(1))',
      'Count UInt64 CODEC(T64, ZSTD(1))',
    ],
    engine: 'SummingMergeTree',
    partitionBy: 'toDate(Time)',
    orderBy: '(toStartOfHour(Time), ServiceName, Time, SpanKind, StatusCode)',
    ttlFrom: 'Time',
    ttl: context.ttl.traces,
    shardBy: 'rand()',
    settings: { index_granularity: 256 },
  }
}

export const TRACES_ROLLUP_VIEW = {
  name: 'spanlight_traces_1m_mv',
  from: 'otel_traces',
  to: 'spanlight_traces_1m',
  select: (
    from: string,
  ) => `SELECT toStartOfMinute(toDateTime(Timestamp)) AS Time, ServiceName, SpanKind, StatusCode, count() AS Count
FROM ${from}
GROUP BY Time, ServiceName, SpanKind, StatusCode`,
}

export function logsRollup(context: SchemaContext): TableDefinition {
  return {
    name: 'spanlight_logs_1m',
    columns: [
      'Time DateTime CODEC(Delta(4), ZSTD(1))',
      'ServiceName LowCardinality(String) CODEC(ZSTD(1))',
      'SeverityText LowCardinality(String) CODEC(ZSTD(1))',
      'SeverityNumber UInt8 CODEC(ZSTD(1))',
      'Count UInt64 CODEC(T64, ZSTD(1))',
    ],
    engine: 'SummingMergeTree',
    partitionBy: 'toDate(Time)',
    orderBy: '(toStartOfHour(Time), ServiceName, Time, SeverityText, SeverityNumber)',
    ttlFrom: 'Time',
    ttl: context.ttl.logs,
    shardBy: 'rand()',
    settings: { index_granularity: 256 },
  }
}

export const LOGS_ROLLUP_VIEW = {
  name: 'spanlight_logs_1m_mv',
  from: 'otel_logs',
  to: 'spanlight_logs_1m',
  select: (
    from: string,
  ) => `SELECT toStartOfMinute(toDateTime(Timestamp)) AS Time, ServiceName, SeverityText, SeverityNumber, count() AS Count
FROM ${from}
GROUP BY Time, ServiceName, SeverityText, SeverityNumber`,
}
