import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TableCapability } from '@/lib/otel/capability'
import { wordsExpression } from '@/lib/otel/words'
import { compile, id, join, param, sql } from '@/lib/sql/fragment'
import { loadCapabilities } from '@/server/clickhouse/capabilities'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'
import { compileSearch } from './compile-search'
import { LOG_ROWS, LOG_SEARCHES } from './log-rows.fixture'
import { SPAN_ROWS, SPAN_SEARCHES } from './span-rows.fixture'

const MAP = 'Map(LowCardinality(String), String)'
const items = (map: string) =>
  `Array(String) ALIAS arrayMap((k, v) -> concat(k, '=', v), mapKeys(${map}), mapValues(${map}))`
const text = (tokenizer: string) => `TYPE text(tokenizer = '${tokenizer}')`

/** The same rows behind every kind of index that tables out there have. */
const LOG_TABLES: Readonly<Record<string, { readonly map?: string; readonly extra: readonly string[] }>> = {
  logs_plain: { extra: [] },
  logs_ours: {
    extra: [
      `LogAttributeItems ${items('LogAttributes')}`,
      `ResourceAttributeItems ${items('ResourceAttributes')}`,
      `INDEX words ${wordsExpression('Body')} ${text('splitByNonAlpha')}`,
      `INDEX log_items LogAttributeItems ${text('array')}`,
      `INDEX resource_items ResourceAttributeItems ${text('array')}`,
    ],
  },
  logs_ours_without_text: {
    extra: [
      `LogAttributeItems ${items('LogAttributes')}`,
      `INDEX words ${wordsExpression('Body')} TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1`,
      'INDEX log_items LogAttributeItems TYPE bloom_filter(0.01) GRANULARITY 1',
    ],
  },
  logs_lower_text: {
    extra: [
      `INDEX lower_body lower(Body) ${text('splitByNonAlpha')}`,
      `INDEX log_keys mapKeys(LogAttributes) ${text('array')}`,
    ],
  },
  logs_collector: {
    extra: [
      'INDEX lower_body lower(Body) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1',
      'INDEX log_keys mapKeys(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1',
      'INDEX log_values mapValues(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1',
    ],
  },
  logs_ngrams: { extra: ['INDEX lower_body lower(Body) TYPE ngrambf_v1(3, 32768, 3, 0) GRANULARITY 1'] },
  logs_json: { map: 'JSON', extra: [] },
}

/** Old and new spellings of the same spans, and maps or JSON. */
const SPAN_TABLES: Readonly<Record<string, { readonly map: string; readonly old: boolean }>> = {
  spans_new: { map: MAP, old: false },
  spans_old: { map: MAP, old: true },
  spans_json: { map: 'JSON', old: false },
}

let engine: TestEngine
let client: ReturnType<typeof createClient>
let tables: readonly TableCapability[]

beforeAll(async () => {
  engine = await startTestEngine()
  client = createClient({ url: engine.url })
  for (const [name, { map = MAP, extra }] of Object.entries(LOG_TABLES)) await createLogs(name, map, extra)
  for (const [name, { map, old }] of Object.entries(SPAN_TABLES)) await createSpans(name, map, old)
  tables = await loadCapabilities(client, 'default')
})
afterAll(async () => {
  await client?.close()
  await engine?.stop()
})

async function create(name: string, columns: readonly string[], values: readonly unknown[]): Promise<void> {
  const all = ['Id UInt32', 'Timestamp DateTime64(9)', ...columns].join(', ')
  const settings = 'SETTINGS index_granularity = 1'
  await client.command({ query: `CREATE TABLE ${name} (${all}) ENGINE = MergeTree ORDER BY Id ${settings}` })
  await client.insert({ table: name, values, format: 'JSONEachRow' })
}

function createLogs(name: string, map: string, extra: readonly string[]): Promise<void> {
  const columns = [
    'TraceId String',
    'SpanId String',
    'SeverityText LowCardinality(String)',
    'SeverityNumber UInt8',
    'ServiceName LowCardinality(String)',
    'Body String',
    `LogAttributes ${map}`,
    `ResourceAttributes ${map}`,
  ]
  const time = (row: { Id: number }) => `2026-11-20 09:00:${String(row.Id).padStart(2, '0')}.000000000`
  const values = LOG_ROWS.map((row) => ({ ...row, Timestamp: time(row) }))
  return create(name, [...columns, ...extra], values)
}

function createSpans(name: string, map: string, old: boolean): Promise<void> {
  const columns = [
    'TraceId String',
    'SpanId String',
    'ParentSpanId String',
    'SpanName LowCardinality(String)',
    'SpanKind LowCardinality(String)',
    'ServiceName LowCardinality(String)',
    `Duration ${old ? 'Int64' : 'UInt64'}`,
    'StatusCode LowCardinality(String)',
    'StatusMessage String',
    `SpanAttributes ${map}`,
    `ResourceAttributes ${map}`,
    'Events.Timestamp Array(DateTime64(9))',
    'Events.Name Array(LowCardinality(String))',
    `Events.Attributes Array(${map})`,
  ]
  const values = SPAN_ROWS.map((row) => ({
    ...row,
    Timestamp: '2026-11-20 09:00:00.000000000',
    SpanKind: old ? `SPAN_KIND_${row.SpanKind?.toUpperCase()}` : row.SpanKind,
    StatusCode: old ? `STATUS_CODE_${row.StatusCode?.toUpperCase()}` : row.StatusCode,
  }))
  const quoted = columns.map((column) => column.replace(/^(Events\.\w+)/, '`$1`'))
  return create(name, quoted, values)
}

/** Many searches in one request: ids by search. */
async function searchAll(texts: readonly string[], table: TableCapability): Promise<number[][]> {
  const parts = texts.map((searched, i) => {
    const { where, diagnostics } = compileSearch(searched, table)
    expect(diagnostics, searched).toEqual([])
    return sql`SELECT ${param(i, 'UInt32')} AS search, Id FROM ${id(table.table)} WHERE ${where}`
  })
  const query = compile(join(parts, sql` UNION ALL `))
  const result = await client.query({ query: query.sql, query_params: query.params, format: 'JSONEachRow' })
  const found = texts.map((): number[] => [])
  for (const row of await result.json<{ search: number; Id: number }>()) found[row.search]!.push(row.Id)
  return found.map((ids) => ids.sort((a, b) => a - b))
}

async function check(
  name: string,
  searches: readonly (readonly [text: string, ids: readonly number[]])[],
  all: readonly number[],
): Promise<void> {
  const table = tables.find((candidate) => candidate.table === name)!
  for (let start = 0; start < searches.length; start += 25) {
    const batch = searches.slice(start, start + 25)
    const texts = batch.map(([searched]) => searched)
    const found = await searchAll(texts, table)
    expect(Object.fromEntries(found.map((ids, i) => [texts[i], ids]))).toEqual(Object.fromEntries(batch))
    const opposite = texts.map((searched) => `NOT (${searched || '*'})`)
    const others = batch.map(([searched, ids]) => [searched, all.filter((row) => !ids.includes(row))])
    const rest = await searchAll(opposite, table)
    expect(Object.fromEntries(rest.map((ids, i) => [texts[i], ids]))).toEqual(Object.fromEntries(others))
  }
}

const logIds = LOG_ROWS.map((row) => row.Id)
const spanIds = SPAN_ROWS.map((row) => row.Id)

test.each(Object.keys(LOG_TABLES))('%s: each search finds its rows, its negation the others', (name) =>
  check(name, LOG_SEARCHES, logIds),
)

test.each(Object.keys(SPAN_TABLES))('%s: each search finds its rows, its negation the others', (name) =>
  check(name, SPAN_SEARCHES, spanIds),
)
