import type { TableCapability } from '@/lib/otel/capability'
import { and, id, join, param, type Sql, sql, trusted } from '@/lib/sql/fragment'
import { formatIso, type Nanos, type TimeRange } from '@/lib/time/range'

/** The table's time column. Every searchable table has one (`deriveCapability`). */
export function timeColumn(table: TableCapability): string {
  const column = table.roles.time
  if (column === undefined) throw new Error(`table ${table.table} has no time column`)
  return column
}

/** A point in time as a value of the table's time column. A column with a zone of its own keeps it. */
export function timeValue(table: TableCapability, nanos: Nanos): Sql {
  const zone = /'([^']+)'\)/.exec(columnType(table, timeColumn(table)))?.[1]
  const value = param(nanos, 'Int64')
  return zone === undefined
    ? sql`fromUnixTimestamp64Nano(${value})`
    : sql`fromUnixTimestamp64Nano(${value}, ${param(zone, 'String')})`
}

/** The time column as nanoseconds since the epoch, Int64. */
export function timeNanos(table: TableCapability): Sql {
  const column = timeColumn(table)
  const type = columnType(table, column)
  if (/^DateTime64\(9/.test(type)) return sql`toUnixTimestamp64Nano(${id(column)})`
  return sql`toUnixTimestamp64Nano(toDateTime64(${id(column)}, 9))`
}

/**
 * `[from, to)` on the time column, repeated on each expression of the sorting and partition key that follows
 * from it: with a bound on time alone the primary index may not prune.
 */
export function timeBounds(table: TableCapability, range: TimeRange): Sql {
  const column = id(timeColumn(table))
  const from = timeValue(table, range.from)
  const to = timeValue(table, range.to)
  const keys = (table.timeKeys ?? []).flatMap((key) => [
    sql`${trusted(key.expression)} >= ${convert(key.convert, from)}`,
    sql`${trusted(key.expression)} <= ${convert(key.convert, to)}`,
  ])
  return join([...keys, sql`${column} >= ${from}`, sql`${column} < ${to}`], sql` AND `)
}

/** The time's key expressions, coarsest first, then the time: the order in which rows lie on disk. */
export function timeOrder(table: TableCapability, direction: 'asc' | 'desc'): Sql {
  const way = direction === 'asc' ? sql`` : sql` DESC`
  const leading = (table.timeKeys ?? []).filter((key) => key.expression === table.sortingKey[0])
  const terms = [...leading.map((key) => trusted(key.expression)), id(timeColumn(table))]
  return join(
    terms.map((term) => sql`${term}${way}`),
    sql`, `,
  )
}

/** True when the table's rows lie in order of time, coarsely at least. */
export function isInTimeOrder(table: TableCapability): boolean {
  const [leading] = table.sortingKey
  return leading === table.roles.time || (table.timeKeys ?? []).some((key) => key.expression === leading)
}

export function from(table: { readonly database: string; readonly table: string }): Sql {
  return id(table.database, table.table)
}

export function where(conditions: readonly Sql[]): Sql {
  return and(conditions.filter((condition) => condition.parts.length > 0))
}

export function columnType(table: TableCapability, name: string): string {
  return table.columns.find((column) => column.name === name)?.type ?? ''
}

/** For messages: `2026-11-20T09:00:00.000000000Z … 2026-11-20T10:00:00.000000000Z`. */
export function describeRange(range: TimeRange): string {
  return `${formatIso(range.from)} … ${formatIso(range.to)}`
}

function convert(template: string, value: Sql): Sql {
  return join(
    template.split('$').map((text) => trusted(text)),
    value,
  )
}
