import type { ColumnRole, TableCapability } from '@/lib/otel/capability'
import { and, id, join, param, type Sql, sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { lookalikeHash } from './row-identity'
import { from, timeBounds, timeColumn, timeNanos } from './time-bounds'

export const NANOS_PER_UNIT = { ns: 1, us: 1_000, ms: 1_000_000, s: 1_000_000_000 } as const

/** Start and end of a trace from the lookup table, in ns; NULL-free: 0 rows in `Count` mean it is not there. */
export function traceLookupStatement(table: TableCapability, traceId: string): Sql | null {
  const lookup = table.traceLookup
  if (!lookup) return null
  const nanos = (column: string, aggregate: Sql) =>
    sql`toUnixTimestamp64Nano(toDateTime64(${aggregate}(${id(column)}), 9))`
  return sql`SELECT count() AS ${id('Count')}, ${nanos(lookup.start, sql`min`)} AS ${id('Start')}, ${nanos(lookup.end, sql`max`)} AS ${id('End')}
FROM ${from({ database: table.database, table: lookup.table })}
WHERE ${id(lookup.traceId)} = ${param(traceId, 'String')}`
}

/** True when the table finds a trace id without being told the time. */
export function hasTraceIndex(table: TableCapability): boolean {
  const column = table.roles.traceId
  return (
    column !== undefined &&
    (table.sortingKey[0] === column ||
      table.indexes.some((index) => index.expression === column && index.type !== 'minmax'))
  )
}

export interface TraceRows {
  readonly traceId: string
  readonly spanId?: string
  /** Null: everywhere. */
  readonly range: TimeRange | null
  readonly limit: number
}

/** Spans with everything that they carry, oldest first. */
export function spansStatement(table: TableCapability, rows: TraceRows): Sql {
  const text = (role: ColumnRole, name: string) => labelled(roleText(table, role), name)
  const select = [
    labelled(timeNanos(table), 'start'),
    labelled(durationNanos(table), 'duration'),
    text('spanId', 'spanId'),
    text('parentSpanId', 'parentSpanId'),
    text('name', 'name'),
    text('kind', 'kind'),
    text('service', 'service'),
    text('status', 'status'),
    text('statusMessage', 'statusMessage'),
    text('traceState', 'traceState'),
    text('scopeName', 'scopeName'),
    text('scopeVersion', 'scopeVersion'),
    labelled(roleMap(table, 'attributes'), 'attributes'),
    labelled(roleMap(table, 'resource'), 'resource'),
    ...['Events.Timestamp', 'Events.Name', 'Events.Attributes'].map((name) => nested(table, name)),
    ...['Links.TraceId', 'Links.SpanId', 'Links.TraceState', 'Links.Attributes'].map((name) =>
      nested(table, name),
    ),
  ]
  return statement(table, select, rows)
}

/** Spans as the waterfall of a big trace needs them, oldest first. `marks` are SPAN_MARK bits without `log`. */
export function skeletonStatement(table: TableCapability, rows: TraceRows): Sql {
  const text = (role: ColumnRole, name: string) => labelled(roleText(table, role), name)
  const select = [
    labelled(timeNanos(table), 'start'),
    labelled(durationNanos(table), 'duration'),
    text('spanId', 'spanId'),
    text('parentSpanId', 'parentSpanId'),
    text('name', 'name'),
    text('service', 'service'),
    text('kind', 'kind'),
    text('status', 'status'),
    labelled(marks(table), 'marks'),
    labelled(eventTimes(table, false), 'events'),
    labelled(eventTimes(table, true), 'exceptions'),
  ]
  return statement(table, select, rows)
}

/** Totals of a trace whose rows were cut off. */
export function traceTotalsStatement(table: TableCapability, rows: Omit<TraceRows, 'limit'>): Sql {
  return sql`SELECT ${roleText(table, 'service')} AS service, count() AS spans, countIf(${roleText(table, 'status')} IN ('Error', 'STATUS_CODE_ERROR', 'ERROR')) AS errors, toUnixTimestamp64Nano(toDateTime64(min(${id(timeColumn(table))}), 9)) AS start, max(${timeNanos(table)} + ${durationNanos(table)}) AS end
FROM ${from(table)}
WHERE ${matching(table, rows)}
GROUP BY service
ORDER BY spans DESC, service
LIMIT 1000`
}

/** Logs of a trace or span, oldest first. With `bodyLength` bodies are cut and attributes left out. */
export function traceLogsStatement(table: TableCapability, rows: TraceRows, bodyLength?: number): Sql {
  const text = (role: ColumnRole, name: string) => labelled(roleText(table, role), name)
  const body = roleText(table, 'body')
  const number = table.roles.severityNumber
  const select = [
    labelled(timeNanos(table), 'time'),
    labelled(lookalikeHash(table), 'lookalike'),
    text('spanId', 'spanId'),
    text('severityText', 'severityText'),
    labelled(number === undefined ? sql`0` : id(number), 'severityNumber'),
    text('service', 'service'),
    labelled(
      bodyLength === undefined ? body : sql`substringUTF8(${body}, 1, ${param(bodyLength, 'UInt32')})`,
      'body',
    ),
    text('eventName', 'eventName'),
    ...(bodyLength === undefined
      ? [
          labelled(roleMap(table, 'attributes'), 'attributes'),
          labelled(roleMap(table, 'resource'), 'resource'),
        ]
      : []),
  ]
  return statement(table, select, rows)
}

function statement(table: TableCapability, select: readonly Sql[], rows: TraceRows): Sql {
  return sql`SELECT ${join(select, sql`, `)}
FROM ${from(table)}
WHERE ${matching(table, rows)}
ORDER BY ${id(timeColumn(table))}
LIMIT ${param(rows.limit, 'UInt64')}`
}

function matching(table: TableCapability, rows: Omit<TraceRows, 'limit'>): Sql {
  const { traceId, spanId } = table.roles
  if (traceId === undefined) return sql`0`
  // The bare comparison of a constant is what the trace-id index serves.
  const conditions = [sql`${id(traceId)} = ${param(rows.traceId, 'String')}`]
  if (rows.spanId !== undefined) {
    conditions.push(spanId === undefined ? sql`0` : sql`${id(spanId)} = ${param(rows.spanId, 'String')}`)
  }
  if (rows.range) conditions.push(timeBounds(table, rows.range))
  return and(conditions)
}

function marks(table: TableCapability): Sql {
  const has = (name: string) => table.columns.some((column) => column.name === name)
  const bits: Sql[] = []
  if (has('Events.Name')) {
    bits.push(sql`notEmpty(${id('Events.Name')})`, sql`2 * has(${id('Events.Name')}, 'exception')`)
  }
  if (has('Links.TraceId')) bits.push(sql`4 * notEmpty(${id('Links.TraceId')})`)
  const attributes = table.columns.find((column) => column.name === table.roles.attributes)
  if (attributes?.type.startsWith('Map(')) {
    bits.push(sql`16 * arrayExists(key -> startsWith(key, 'gen_ai.'), mapKeys(${id(attributes.name)}))`)
  }
  return bits.length === 0 ? sql`0` : join(bits, sql` + `)
}

const MAX_EVENT_TIMES = 16

/** Times of the first events of a span in ns: of its exceptions, or of all others. */
function eventTimes(table: TableCapability, exceptions: boolean): Sql {
  const time = table.columns.find(({ name }) => name === 'Events.Timestamp')
  const hasNames = table.columns.some(({ name }) => name === 'Events.Name')
  if (!time?.type.includes('DateTime64') || !hasNames) return sql`[]`
  const wanted = exceptions ? sql`name = 'exception'` : sql`name != 'exception'`
  return sql`arrayMap(time -> toUnixTimestamp64Nano(toDateTime64(time, 9)), arraySlice(arrayFilter((time, name) -> ${wanted}, ${id('Events.Timestamp')}, ${id('Events.Name')}), 1, ${param(MAX_EVENT_TIMES, 'UInt8')}))`
}

function durationNanos(table: TableCapability): Sql {
  const column = table.roles.duration
  if (column === undefined) return sql`toInt64(0)`
  const factor = NANOS_PER_UNIT[table.durationUnit]
  const type = table.columns.find(({ name }) => name === column)?.type ?? ''
  if (/Float|Decimal/.test(type)) return sql`toInt64(round(${id(column)} * ${param(factor, 'UInt32')}))`
  return factor === 1 ? sql`toInt64(${id(column)})` : sql`toInt64(${id(column)}) * ${param(factor, 'UInt32')}`
}

function roleText(table: TableCapability, role: ColumnRole): Sql {
  const column = table.roles[role]
  if (column === undefined) return sql`''`
  const type = table.columns.find(({ name }) => name === column)?.type ?? ''
  if (/^(LowCardinality\()?String/.test(type)) return id(column)
  return sql`ifNull(toString(${id(column)}), '')`
}

function roleMap(table: TableCapability, role: ColumnRole): Sql {
  const column = table.roles[role]
  return column === undefined ? sql`map()` : id(column)
}

function nested(table: TableCapability, name: string): Sql {
  const present = table.columns.some((column) => column.name === name)
  return labelled(present ? id(name) : sql`[]`, name)
}

/** Names start with an underscore so that they shadow no column in WHERE and ORDER BY. */
function labelled(expr: Sql, name: string): Sql {
  return sql`${expr} AS ${id(`_${name}`)}`
}
