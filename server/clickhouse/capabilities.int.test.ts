import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'
import { loadCapabilities } from './capabilities'
import { type ClickHouse, createClickHouse } from './client'
import { migrate } from './schema/migrate'

let engine: TestEngine
let client: ClickHouse

beforeAll(async () => {
  engine = await startTestEngine()
  client = createClickHouse({
    url: engine.url,
    user: 'default',
    password: '',
    database: 'default',
    cluster: null,
    embedded: true,
  })
})

afterAll(async () => {
  await client?.close()
  await engine?.stop()
})

/** Each generation's tables, as far as readers care: `db.` stands for the database. */
const GENERATIONS = {
  a: [
    `CREATE TABLE db.otel_traces (Timestamp DateTime64(9) CODEC(Delta, ZSTD(1)), TraceId String, SpanId String, ParentSpanId String,
 SpanName LowCardinality(String), SpanKind LowCardinality(String), ServiceName LowCardinality(String), ResourceAttributes Map(LowCardinality(String), String),
 SpanAttributes Map(LowCardinality(String), String), Duration Int64, StatusCode LowCardinality(String), StatusMessage String,
 INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1)
 ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (ServiceName, SpanName, toUnixTimestamp(Timestamp), TraceId)`,
    `CREATE TABLE db.otel_traces_trace_id_ts (TraceId String, Start DateTime64(9), End DateTime64(9)) ENGINE = MergeTree ORDER BY (TraceId, toUnixTimestamp(Start))`,
    `CREATE MATERIALIZED VIEW db.otel_traces_trace_id_ts_mv TO db.otel_traces_trace_id_ts AS
 SELECT TraceId, min(Timestamp) AS Start, max(Timestamp) AS End FROM db.otel_traces WHERE TraceId != '' GROUP BY TraceId`,
  ],
  b: [
    `CREATE TABLE db.otel_logs (Timestamp DateTime64(9), TimestampTime DateTime DEFAULT toDateTime(Timestamp), TraceId String, SpanId String,
 SeverityText LowCardinality(String), SeverityNumber UInt8, ServiceName LowCardinality(String), Body String, LogAttributes Map(LowCardinality(String), String),
 INDEX idx_body Body TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 8)
 ENGINE = MergeTree PARTITION BY toDate(TimestampTime) PRIMARY KEY (ServiceName, TimestampTime) ORDER BY (ServiceName, TimestampTime, Timestamp)`,
  ],
  c: [
    `CREATE TABLE db.otel_logs (Timestamp DateTime64(9), TraceId String, SpanId String, SeverityText LowCardinality(String), SeverityNumber UInt8,
 ServiceName LowCardinality(String), Body String, ResourceAttributes JSON, LogAttributes JSON, LogAttributesKeys Array(LowCardinality(String)), EventName String)
 ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (ServiceName, toDateTime(Timestamp), Timestamp)`,
  ],
  d: [
    `CREATE TABLE db.otel_logs (Timestamp DateTime64(9), TraceId String, SpanId String, SeverityText LowCardinality(String), SeverityNumber UInt8,
 ServiceName LowCardinality(String), Body String, LogAttributes Map(LowCardinality(String), String), EventName String,
 LogAttributeItems Array(String) ALIAS arrayMap(x -> concat(x.1, '=', x.2), CAST(LogAttributes, 'Array(Tuple(String, String))')),
 \`__otel_materialized_k8s.pod.name\` LowCardinality(String) MATERIALIZED LogAttributes['k8s.pod.name'],
 INDEX idx_log_items LogAttributeItems TYPE text(tokenizer = 'array'), INDEX idx_lower_body lower(Body) TYPE text(tokenizer = 'splitByNonAlpha'))
 ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp)`,
    `CREATE TABLE db.otel_metrics_gauge (ResourceAttributes Map(LowCardinality(String), String), ServiceName LowCardinality(String),
 MetricName LowCardinality(String), Attributes Map(LowCardinality(String), String), TimeUnix DateTime, Value Float64)
 ENGINE = MergeTree PARTITION BY toDate(TimeUnix) ORDER BY (ServiceName, MetricName, toStartOfHour(TimeUnix), cityHash64(Attributes), TimeUnix)`,
  ],
} as const

async function generation(name: keyof typeof GENERATIONS) {
  await client.command({ query: `CREATE DATABASE gen_${name}` })
  for (const statement of GENERATIONS[name]) {
    await client.command({ query: statement.replaceAll('db.', `gen_${name}.`) })
  }
  return loadCapabilities(client, `gen_${name}`)
}

describe('tables as ClickHouse itself describes them', () => {
  it('A: traces with their lookup, which is no source of its own', async () => {
    const [traces, ...rest] = await generation('a')
    expect(rest).toEqual([])
    expect(traces?.kind).toBe('traces')
    expect(traces?.traceLookup?.table).toBe('otel_traces_trace_id_ts')
    expect(traces?.timeKeys?.map((key) => key.expression)).toContain('toUnixTimestamp(Timestamp)')
    expect(traces?.indexes[0]).toMatchObject({ type: 'bloom_filter', expression: 'TraceId' })
  })

  it('B: logs by service and second time column', async () => {
    const [logs] = await generation('b')
    expect(logs?.timeKeys).toEqual([
      { expression: 'TimestampTime', convert: 'toDateTime($)' },
      { expression: 'toDate(TimestampTime)', convert: 'toDate(toDateTime($))' },
    ])
  })

  it('C: JSON attributes', async () => {
    const [logs] = await generation('c')
    expect(logs?.columns.find((column) => column.name === logs.roles.attributes)?.type).toBe('JSON')
    expect(logs?.items).toEqual({})
  })

  it('D: items and their index, by the name of the alias', async () => {
    const [logs, gauge] = await generation('d')
    expect(logs?.items).toEqual({ LogAttributes: 'LogAttributeItems' })
    expect(logs?.indexes.map((index) => index.expression).sort()).toEqual([
      'LogAttributeItems',
      'lower(Body)',
    ])
    expect(gauge).toMatchObject({ kind: 'metrics', roles: { time: 'TimeUnix' } })
  })

  it('ours: sources, rollups, items and row identity', async () => {
    await migrate(client, {
      database: 'ours',
      cluster: null,
      ttl: { traces: '7d', logs: '30d', metrics: '365d' },
    })
    const capabilities = await loadCapabilities(client, 'ours')
    expect(capabilities.map((table) => table.table)).toEqual([
      'otel_logs',
      'otel_metrics_exponential_histogram',
      'otel_metrics_gauge',
      'otel_metrics_histogram',
      'otel_metrics_sum',
      'otel_metrics_summary',
      'otel_traces',
    ])
    const traces = capabilities.at(-1)
    expect(traces?.sortingKey).toEqual(['toStartOfMinute(Timestamp)', 'ServiceName', 'Timestamp'])
    expect(traces?.rollups[0]?.dimensions).toEqual({
      ServiceName: 'ServiceName',
      SpanKind: 'SpanKind',
      StatusCode: 'StatusCode',
    })
    expect(traces?.items).toEqual({
      ResourceAttributes: 'ResourceAttributeItems',
      SpanAttributes: 'SpanAttributeItems',
    })
    expect(traces?.rowId).toEqual(['_block_number', '_block_offset'])
  })
})

describe('the cache', () => {
  it('answers again without asking, until told to look afresh', async () => {
    await client.command({ query: 'CREATE DATABASE cached' })
    expect(await loadCapabilities(client, 'cached')).toEqual([])
    await client.command({
      query: 'CREATE TABLE cached.my_logs (time DateTime, message String) ENGINE = MergeTree ORDER BY time',
    })
    expect(await loadCapabilities(client, 'cached')).toEqual([])
    const [logs] = await loadCapabilities(client, 'cached', { fresh: true })
    expect(logs?.roles).toMatchObject({ time: 'time', body: 'message' })
  })

  it('does not keep a failure', async () => {
    const wrong = createClickHouse({
      url: 'http://127.0.0.1:9',
      user: 'default',
      password: '',
      database: 'default',
      cluster: null,
      embedded: false,
    })
    await expect(loadCapabilities(wrong, 'default')).rejects.toThrow()
    await expect(loadCapabilities(wrong, 'default')).rejects.toThrow()
    await wrong.close()
  })
})
