import type { ClickHouse } from '@/server/clickhouse/client'
import type { LogEntry, SpanRecord } from '../core/records'
import { INCIDENT_LEAD_MS, rhythm } from '../shop/incident'
import { steps } from '../timeline'
import { LOG_COLUMNS, logRow, SPAN_COLUMNS, spanRow } from './template-rows'

/**
 * Fills a database with the shop's telemetry, fast: some minutes of it are generated once, put into tables in
 * memory, and copied inside ClickHouse with shifted times and new ids. The copies lie denser where the shop is busy.
 */
export interface BenchmarkOptions {
  readonly spans: number
  readonly hours: number
  readonly seed: string
  readonly endMs: number
  readonly onProgress?: (
    done: { spans: number; logs: number },
    total: { spans: number; logs: number },
  ) => void
}

export interface Filled {
  readonly spans: number
  readonly logs: number
  readonly template: { readonly spans: number; readonly logs: number }
}

const MINUTE_MS = 60_000
/** About so many spans a minute, to choose how much is generated: enough copies to cover the hours evenly. */
const SPANS_PER_MINUTE = 3_300
const LEAST_COPIES = 40
const MOST_TEMPLATE_MINUTES = 20
const ROWS_PER_INSERT = 400_000
const SPANS = 'spanlight_seed_spans'
const LOGS = 'spanlight_seed_logs'

export async function fillBenchmark(client: ClickHouse, options: BenchmarkOptions): Promise<Filled> {
  await dropTemplates(client)
  try {
    const template = await loadTemplates(client, options)
    const copies = Math.max(1, Math.round(options.spans / template.spans))
    const shifts = shiftsOf(copies, { ...options, lengthMs: templateMs(options.spans) })
    const total = { spans: copies * template.spans, logs: copies * template.logs }
    const perInsert = Math.max(1, Math.floor(ROWS_PER_INSERT / template.spans))
    for (let first = 0; first < copies; first += perInsert) {
      const some = shifts.slice(first, first + perInsert)
      const query_params = { shifts: some, first }
      await client.command({ query: copySpans(), query_params })
      await client.command({ query: copyLogs(), query_params })
      const done = first + some.length
      options.onProgress?.({ spans: done * template.spans, logs: done * template.logs }, total)
    }
    return { ...total, template }
  } finally {
    await dropTemplates(client)
  }
}

async function dropTemplates(client: ClickHouse): Promise<void> {
  for (const table of [SPANS, LOGS]) await client.command({ query: `DROP TABLE IF EXISTS ${table}` })
}

async function loadTemplates(client: ClickHouse, options: BenchmarkOptions): Promise<Filled['template']> {
  const columns = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')
  await client.command({
    query: `CREATE TABLE ${SPANS} ENGINE = Memory AS SELECT ${columns(SPAN_COLUMNS)} FROM otel_traces LIMIT 0`,
  })
  await client.command({
    query: `CREATE TABLE ${LOGS} ENGINE = Memory AS SELECT ${columns(LOG_COLUMNS)} FROM otel_logs LIMIT 0`,
  })
  const size = { spans: 0, logs: 0 }
  const { seed, endMs } = options
  const lengthMs = templateMs(options.spans)
  // The incident fills the last quarter.
  const anchorMs = endMs - lengthMs / 4 + INCIDENT_LEAD_MS
  const window = { seed, fromMs: endMs - lengthMs, toMs: endMs, anchorMs }
  for (const { spans, logs } of steps(window)) {
    await insert(client, spans, logs)
    size.spans += spans.length
    size.logs += logs.length
  }
  return size
}

async function insert(
  client: ClickHouse,
  spans: readonly SpanRecord[],
  logs: readonly LogEntry[],
): Promise<void> {
  await client.insert({ table: SPANS, values: spans.map(spanRow), format: 'JSONEachRow' })
  await client.insert({ table: LOGS, values: logs.map(logRow), format: 'JSONEachRow' })
}

function templateMs(spans: number): number {
  const minutes = Math.round(spans / (SPANS_PER_MINUTE * LEAST_COPIES))
  return Math.min(MOST_TEMPLATE_MINUTES, Math.max(1, minutes)) * MINUTE_MS
}

/** How far each copy goes back, in milliseconds (negative): evenly in the shop's rhythm, oldest first. Pure. */
export function shiftsOf(
  copies: number,
  { hours, endMs, lengthMs }: { hours: number; endMs: number; lengthMs: number },
): number[] {
  const room = Math.max(0, hours * 60 * MINUTE_MS - lengthMs)
  const minutes = Math.max(1, Math.ceil(room / 60_000))
  const load: number[] = []
  let whole = 0
  for (let minute = 0; minute < minutes; minute++) {
    whole += rhythm(endMs - room + (minute + 0.5) * 60_000)
    load.push(whole)
  }
  const shifts: number[] = []
  let minute = 0
  for (let copy = 0; copy < copies; copy++) {
    const target = ((copy + 0.5) / copies) * whole
    while (minute < minutes - 1 && load[minute]! < target) minute++
    const before = load[minute - 1] ?? 0
    const fraction = Math.min(1, Math.max(0, (target - before) / (load[minute]! - before)))
    shifts.push(Math.round(Math.min(0, (minute + fraction) * 60_000 - room)))
  }
  return shifts
}

const COPIES = '(SELECT arrayJoin(arrayEnumerate({shifts:Array(Int64)})) AS copy) AS copies'
const SHIFT = 'arrayElement({shifts:Array(Int64)}, copy)'
const SALT = '({first:UInt32} + copy)'
const shifted = (column: string): string =>
  `fromUnixTimestamp64Nano(toUnixTimestamp64Nano(${column}) + ${SHIFT} * 1000000)`
const traceId = (column: string): string => `lower(hex(sipHash128(${column}, ${SALT})))`
/** As a fixed string, because hex() of a number leaves out leading zeros. */
const spanId = (column: string): string =>
  `lower(hex(reinterpretAsFixedString(sipHash64(${column}, ${SALT}))))`
const unlessEmpty = (column: string, expression: string): string => `if(${column} = '', '', ${expression})`

const NEW_SPAN: Readonly<Record<string, string>> = {
  Timestamp: shifted('Timestamp'),
  TraceId: traceId('TraceId'),
  SpanId: spanId('SpanId'),
  ParentSpanId: unlessEmpty('ParentSpanId', spanId('ParentSpanId')),
  'Events.Timestamp': `arrayMap(at -> ${shifted('at')}, \`Events.Timestamp\`)`,
  'Links.TraceId': `arrayMap(id -> ${traceId('id')}, \`Links.TraceId\`)`,
  'Links.SpanId': `arrayMap(id -> ${spanId('id')}, \`Links.SpanId\`)`,
}
const NEW_LOG: Readonly<Record<string, string>> = {
  Timestamp: shifted('Timestamp'),
  TraceId: unlessEmpty('TraceId', traceId('TraceId')),
  SpanId: unlessEmpty('SpanId', spanId('SpanId')),
}

const copySpans = (): string => copy('otel_traces', SPANS, SPAN_COLUMNS, NEW_SPAN)
const copyLogs = (): string => copy('otel_logs', LOGS, LOG_COLUMNS, NEW_LOG)

function copy(
  into: string,
  from: string,
  columns: readonly string[],
  changed: Readonly<Record<string, string>>,
): string {
  // Other names for the results: an alias that equals a column would be read in the place of the column.
  const selected = columns.map((name, i) => `${changed[name] ?? `\`${name}\``} AS c${i}`)
  return `INSERT INTO ${into} (${columns.map((name) => `\`${name}\``).join(', ')})
SELECT ${selected.join(',\n  ')}
FROM ${from} CROSS JOIN ${COPIES}`
}
