import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClickHouse, createClickHouse } from '@/server/clickhouse/client'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'
import { migrate, pendingMigrations, planMigrations } from './migrate'

const TTL = { traces: '7d', logs: '30d', metrics: '365d' }

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

const config = (database: string) => ({ database, cluster: null, ttl: TTL })
const run = (query: string) => client.command({ query })

async function rows<Row>(query: string): Promise<Row[]> {
  return (await client.query({ query, format: 'JSONEachRow' })).json<Row>()
}

async function count(query: string): Promise<number> {
  const [row] = await rows<{ n: string }>(`SELECT toString(${query}) AS n`)
  return Number(row?.n)
}

/** What a Collector's exporter names in its INSERT. */
const COLLECTOR_SPAN =
  'Timestamp, TraceId, SpanId, ParentSpanId, TraceState, SpanName, SpanKind, ServiceName, ResourceAttributes, ScopeName, ScopeVersion, SpanAttributes, Duration, StatusCode, StatusMessage, Events.Timestamp, Events.Name, Events.Attributes, Links.TraceId, Links.SpanId, Links.TraceState, Links.Attributes'

const spans = (
  n: number,
  service = 'cart',
) => `SELECT now64(9) AS Timestamp, lower(hex(MD5(toString(number)))) AS TraceId,
 lower(hex(sipHash64(number))) AS SpanId, '' AS ParentSpanId, '' AS TraceState, 'GET /' AS SpanName, 'Server' AS SpanKind, '${service}' AS ServiceName,
 map('host.name', 'a') AS r, 'lib' AS ScopeName, '1' AS ScopeVersion, map('user.id', toString(number)) AS a, toUInt64(5) AS Duration, 'Ok' AS StatusCode, '' AS StatusMessage,
 [now64(9)], ['exception'], [map('k', 'v')], ['t'], ['s'], [''], [map('l', 'm')] FROM numbers(${n})`

describe('an empty database', () => {
  it('gets every table once, and a second run changes nothing', async () => {
    expect((await migrate(client, config('fresh'))).length).toBeGreaterThan(3)
    expect(await migrate(client, config('fresh'))).toEqual([])
    const names = (
      await rows<{ name: string }>("SELECT name FROM system.tables WHERE database = 'fresh'")
    ).map((row) => row.name)
    for (const name of [
      'otel_traces',
      'otel_logs',
      'otel_metrics_gauge',
      'otel_metrics_sum',
      'otel_metrics_histogram',
      'otel_metrics_exponential_histogram',
      'otel_metrics_summary',
    ]) {
      expect(names).toContain(name)
    }
  })

  it('takes rows from a Collector and finds them by index', async () => {
    await migrate(client, config('collector'))
    await run(`INSERT INTO collector.otel_traces (${COLLECTOR_SPAN}) ${spans(5000)}`)
    expect(
      await count("(SELECT count() FROM collector.otel_traces WHERE has(SpanAttributeItems, 'user.id=77'))"),
    ).toBe(1)
    expect(
      await count("(SELECT count() FROM collector.otel_traces WHERE TraceId = lower(hex(MD5('9'))))"),
    ).toBe(1)
    expect(
      await count("(SELECT sum(Count) FROM collector.spanlight_traces_1m WHERE ServiceName = 'cart')"),
    ).toBe(5000)
  })

  it('names each row for ever, through merges', async () => {
    await migrate(client, config('identity'))
    const insert = `INSERT INTO identity.otel_logs (Timestamp, Body) SELECT toDateTime64('2026-11-20 09:00:00', 9), 'same' FROM numbers(3000)`
    await run(insert)
    await run(insert)
    const identities = '(SELECT groupUniqArray((_block_number, _block_offset)) FROM identity.otel_logs)'
    const before = await count(`cityHash64(arraySort(${identities}))`)
    expect(await count(`length(${identities})`)).toBe(6000)
    await run('OPTIMIZE TABLE identity.otel_logs FINAL')
    expect(await count(`cityHash64(arraySort(${identities}))`)).toBe(before)
  })
})

describe('retries', () => {
  it('store a batch with the same token once, in the rollup too, and equal batches with other tokens twice', async () => {
    await migrate(client, config('retries'))
    const insert = (token: string) =>
      client.command({
        query: `INSERT INTO retries.otel_traces (${COLLECTOR_SPAN}) ${spans(100).replaceAll('now64(9)', "toDateTime64('2026-11-20 09:00:00', 9)")}`,
        clickhouse_settings: {
          insert_deduplication_token: token,
          deduplicate_blocks_in_dependent_materialized_views: 1,
        },
      })
    await insert('a')
    await insert('a')
    expect(await count('(SELECT count() FROM retries.otel_traces)')).toBe(100)
    expect(await count('(SELECT sum(Count) FROM retries.spanlight_traces_1m)')).toBe(100)
    await insert('b')
    expect(await count('(SELECT count() FROM retries.otel_traces)')).toBe(200)
    expect(await count('(SELECT sum(Count) FROM retries.spanlight_traces_1m)')).toBe(200)
  })
})

describe('an existing install', () => {
  it('gets only what it lacks and keeps its rows', async () => {
    await migrate(client, config('older'))
    await run("INSERT INTO older.otel_logs (Timestamp, Body) VALUES (now64(9), 'kept')")
    await run('DROP TABLE older.spanlight_logs_1m_mv SYNC')
    await run('DROP TABLE older.spanlight_logs_1m SYNC')
    await run('ALTER TABLE older.spanlight_migrations DELETE WHERE Id = 5 SETTINGS mutations_sync = 1')
    const { pending } = await pendingMigrations(client, config('older'))
    expect(pending.map((migration) => migration.id)).toEqual([5])
    expect((await migrate(client, config('older'))).map((migration) => migration.id)).toEqual([5])
    expect(await count('(SELECT count() FROM older.otel_logs)')).toBe(1)
  })

  it('finishes what a crash left half done', async () => {
    await migrate(client, config('crashed'))
    await run('TRUNCATE TABLE crashed.spanlight_migrations')
    expect((await migrate(client, config('crashed'))).length).toBeGreaterThan(3)
  })
})

describe('tables that somebody else made', () => {
  it('are left alone, and nothing is created beside them', async () => {
    await run('CREATE DATABASE theirs')
    await run(
      'CREATE TABLE theirs.otel_traces (Timestamp DateTime64(9), TraceId String) ENGINE = MergeTree ORDER BY Timestamp',
    )
    expect(await pendingMigrations(client, config('theirs'))).toEqual({
      foreign: ['otel_traces'],
      pending: [],
    })
    expect(await migrate(client, config('theirs'))).toEqual([])
    expect(await rows("SELECT name FROM system.tables WHERE database = 'theirs'")).toEqual([
      { name: 'otel_traces' },
    ])
  })
})

it('writes statements for a cluster that the server can read', async () => {
  const context = { database: 'any', cluster: 'main', ttl: TTL, textIndex: true }
  for (const { statements } of planMigrations(context)) {
    for (const statement of statements) {
      const result = await client.query({
        query: 'SELECT formatQuerySingleLine({statement:String})',
        query_params: { statement },
        format: 'TabSeparated',
      })
      expect(await result.text()).toContain('ON CLUSTER main')
    }
  }
})

it('says which migration failed, and at what', async () => {
  await run('CREATE DATABASE blocked')
  await run(
    'CREATE TABLE blocked.spanlight_migrations (Id UInt32, Name String) ENGINE = MergeTree ORDER BY Id',
  )
  await run('CREATE VIEW blocked.spanlight_traces_1m AS SELECT 1')
  await expect(migrate(client, config('blocked'))).rejects.toThrow(
    /Migration 4 \(spans per minute\) failed at/,
  )
})
