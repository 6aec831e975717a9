import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { formatIso, parseIso } from '@/lib/time/range'
import { loadCapabilities } from '@/server/clickhouse/capabilities'
import type { ClickHouse } from '@/server/clickhouse/client'
import { readConfig } from '@/server/config'
import { closeApp, getApp } from '@/server/http/app'
import { POST as facets } from '@/server/http/routes/facets'
import { POST as histogram } from '@/server/http/routes/histogram'
import { POST as search } from '@/server/http/routes/search'
import { GET as trace } from '@/server/http/routes/trace'
import type { ServiceContext } from '@/server/services/context'
import { getFacets } from '@/server/services/facets/get-facets'
import { getHistogram } from '@/server/services/histogram/get-histogram'
import { search as runSearch } from '@/server/services/search/search'
import { getTrace } from '@/server/services/traces/get-trace'
import { openStore } from '@/server/store/store'
import { budgetLines, type Line } from './api-lines'
import { busyMs, type Recorded, recordingClient } from './api-recorder'
import { serveHandlers } from './api-server'

/** Enough for the best of them to be an undisturbed one. */
const ROUNDS = Number(process.env.ROUNDS ?? 7)

interface Measured {
  readonly line: Line
  readonly rows: number
  readonly statements: readonly Recorded[]
  /** Best of the rounds, each. */
  readonly serviceMs: number
  readonly overheadMs: number
  readonly engineMs: number
  readonly httpMs: number
}

/**
 * `CLICKHOUSE_URL=… END=2026-11-20T09:00:00Z node --import tsx server/bench/api.ts`: asks each line of the budget
 * table through the API on the reference rows (`npm run seed -- --reference`, then OPTIMIZE … FINAL), and the same
 * statements straight at the engine. Prints a table for docs/BENCHMARKS.md. Exit code 1 when a budget is missed.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'spanlight-bench-'))
  process.env.SPANLIGHT_DATA_DIR = folder
  const app = getApp()
  const server = await serveHandlers({ search, histogram, facets, traces: trace })
  try {
    const end = parseIso(process.env.END ?? '') ?? (await newestHour(app.client))
    const to = formatIso(end)
    const from = formatIso(end - 86_400_000_000_000n)
    const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length)
    const lines = budgetLines(from, to, await someTrace(app.client, to)).filter(({ name }) =>
      name.includes(only ?? ''),
    )
    const floorMs = await floor(app.client)
    console.log(`END ${to}; an empty SELECT 1 over HTTP: ${floorMs.toFixed(1)} ms\n`)
    const measured: Measured[] = []
    for (const line of lines) {
      measured.push(await measure(app.client, server.url, line))
      process.stderr.write(`${line.name}\n`)
    }
    console.log(table(measured))
    const missed = measured.flatMap(budgetProblems)
    for (const problem of missed) console.log(`MISSED ${problem}`)
    if (process.argv.includes('--sql')) printStatements(measured)
    process.exitCode = missed.length > 0 ? 1 : 0
  } finally {
    await server.close()
    await closeApp()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(client: ClickHouse, url: string, line: Line): Promise<Measured> {
  const recorder = recordingClient(client)
  const best = { serviceMs: Infinity, overheadMs: Infinity, engineMs: Infinity, httpMs: Infinity }
  let rows = 0
  let statements: Recorded[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    rows = await askService(recorder.client, line)
    const serviceMs = performance.now() - start
    statements = recorder.take()
    best.serviceMs = Math.min(best.serviceMs, serviceMs)
    best.overheadMs = Math.min(best.overheadMs, serviceMs - busyMs(statements))
    if (line.ask.kind !== 'facets') best.engineMs = Math.min(best.engineMs, await replay(client, statements))
    else best.engineMs = Math.min(best.engineMs, busyMs(statements))
    best.httpMs = Math.min(best.httpMs, await askHttp(url, line))
  }
  return { line, rows, statements, ...best }
}

async function askService(client: ClickHouse, line: Line): Promise<number> {
  const config = readConfig()
  const ctx: ServiceContext = {
    config,
    client,
    store: () => openStore(config.databaseUrl),
    capabilities: () => loadCapabilities(getApp().client, config.clickhouse.database),
    signal: new AbortController().signal,
    requestId: 'bench',
    nowMs: Date.now(),
  }
  const { ask } = line
  switch (ask.kind) {
    case 'search':
      return (await runSearch(ctx, ask.request)).rows.length
    case 'histogram':
      return (await getHistogram(ctx, ask.request)).buckets.length
    case 'facets':
      return (await getFacets(ctx, ask.request)).facets.length
    case 'trace':
      return (await getTrace(ctx, ask.traceId, {})).spanCount
  }
}

async function askHttp(url: string, line: Line): Promise<number> {
  const { ask } = line
  const start = performance.now()
  const response =
    ask.kind === 'trace'
      ? await fetch(`${url}/api/v1/traces/${ask.traceId}`)
      : await fetch(`${url}/api/v1/${ask.kind}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(ask.request),
        })
  const text = await response.text()
  if (!response.ok) throw new Error(`${line.name}: ${text}`)
  return performance.now() - start
}

/** The same statements straight at the engine, those that ran together together. */
async function replay(client: ClickHouse, statements: readonly Recorded[]): Promise<number> {
  const start = performance.now()
  let together: Promise<string>[] = []
  let until = Number.NEGATIVE_INFINITY
  for (const statement of statements.toSorted((a, b) => a.startMs - b.startMs)) {
    if (statement.startMs >= until) {
      await Promise.all(together)
      together = []
    }
    until = Math.max(until, statement.endMs)
    together.push(
      client
        .query({
          query: statement.query,
          query_params: statement.params,
          clickhouse_settings: statement.settings as Record<string, string>,
          format: 'JSONCompact',
          ...(statement.role === undefined ? {} : { role: statement.role }),
        })
        .then((result) => result.text()),
    )
  }
  await Promise.all(together)
  return performance.now() - start
}

async function floor(client: ClickHouse): Promise<number> {
  let best = Infinity
  for (let i = 0; i < 20; i++) {
    const start = performance.now()
    await (await client.query({ query: 'SELECT 1', format: 'JSONCompact' })).text()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

function budgetProblems({ line, rows, statements, serviceMs, engineMs, overheadMs }: Measured): string[] {
  const problems: string[] = []
  const bytes = sum(statements, 'bytesRead')
  if (line.hyperdx && bytes > line.hyperdx.bytes / 2) {
    problems.push(`${line.name}: ${mega(bytes)} MB read, more than half of ${mega(line.hyperdx.bytes)} MB`)
  }
  if (line.rows !== undefined && rows !== line.rows)
    problems.push(`${line.name}: ${rows} rows, not ${line.rows}`)
  // Facets decide what to ask by what they learn and by the clock: their rounds cannot be replayed alike.
  const own = line.ask.kind === 'facets' ? overheadMs : serviceMs - engineMs
  if (own > 15 + engineMs * 0.1) {
    problems.push(`${line.name}: ${own.toFixed(0)} ms more than the engine alone`)
  }
  return problems
}

function table(measured: readonly Measured[]): string {
  const head =
    '| query over the last 24 h | queries | rows read | MB read | HyperDX MB | engine ms | API ms | over HTTP ms | own ms |\n|---|---|---|---|---|---|---|---|---|'
  const rows = measured.map(({ line, statements, engineMs, serviceMs, httpMs, overheadMs }) => {
    const cells = [
      line.name,
      statements.length,
      sum(statements, 'rowsRead').toLocaleString('en'),
      mega(sum(statements, 'bytesRead')),
      line.hyperdx ? mega(line.hyperdx.bytes) : '',
      engineMs.toFixed(1),
      serviceMs.toFixed(1),
      httpMs.toFixed(1),
      overheadMs.toFixed(1),
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [head, ...rows].join('\n')
}

function printStatements(measured: readonly Measured[]): void {
  for (const { line, statements } of measured) {
    console.log(`\n### ${line.name}`)
    for (const statement of statements) console.log(statement.query, statement.params, statement.bytesRead)
  }
}

function sum(statements: readonly Recorded[], key: 'rowsRead' | 'bytesRead'): number {
  return statements.reduce((total, statement) => total + statement[key], 0)
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 1)
}

async function newestHour(client: ClickHouse): Promise<bigint> {
  const query = 'SELECT toUnixTimestamp(max(Timestamp)) AS newest FROM otel_traces'
  const [row] = await (await client.query({ query, format: 'JSONEachRow' })).json<{ newest: number }>()
  return BigInt(Math.ceil((row?.newest ?? 0) / 3600) * 3600) * 1_000_000_000n
}

async function someTrace(client: ClickHouse, to: string): Promise<string> {
  const query =
    "SELECT TraceId FROM otel_traces WHERE Timestamp > parseDateTime64BestEffort({to:String}, 9, 'UTC') - INTERVAL 12 HOUR ORDER BY toStartOfMinute(Timestamp), Timestamp LIMIT 1"
  const [row] = await (await client.query({ query, query_params: { to }, format: 'JSONEachRow' })).json<{
    TraceId: string
  }>()
  if (!row) throw new Error('no reference rows: npm run seed -- --reference')
  return row.TraceId
}

await main()
