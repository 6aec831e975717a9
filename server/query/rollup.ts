import type { Rollup, TableCapability } from '@/lib/otel/capability'
import { and, id, param, type Sql, sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { from, timeBounds } from './time-bounds'

/**
 * The rollup that can answer a count over these columns, or null. `fields` is null when a person's SQL is
 * part of the predicate, which may read anything.
 */
export function rollupFor(table: TableCapability, fields: readonly string[] | null): Rollup | null {
  if (fields === null) return null
  const columns = fields.flatMap((field) => columnsOf(table, field))
  const serves = (rollup: Rollup) => columns.every((column) => rollup.dimensions[column] === column)
  return table.rollups.find(serves) ?? null
}

/** The level of a log is read from two columns. */
function columnsOf(table: TableCapability, field: string): readonly string[] {
  if (field !== 'level' && field !== 'severity') return [field]
  const { severityText, severityNumber } = table.roles
  return [severityText, severityNumber].filter((column) => column !== undefined)
}

/** The rollup as a table of its own, for compiling the same predicate against it. */
export function rollupTable(table: TableCapability, rollup: Rollup): TableCapability {
  const isKept = (name: string | undefined): name is string =>
    name !== undefined && rollup.dimensions[name] === name
  const roles = Object.entries(table.roles).filter(([, column]) => isKept(column))
  const columns = table.columns.filter((column) => isKept(column.name))
  return {
    kind: table.kind,
    database: table.database,
    table: rollup.table,
    columns: [...columns, { name: rollup.timeColumn, type: 'DateTime' }],
    roles: { ...Object.fromEntries(roles), time: rollup.timeColumn },
    durationUnit: table.durationUnit,
    sortingKey: [],
    partitionKey: '',
    indexes: [],
    rollups: [],
    items: {},
  }
}

/** The range split at the rollup's buckets: whole ones in the middle, the rest at the edges for the base table. */
export function splitRange(
  range: TimeRange,
  rollup: Rollup,
): { readonly whole: TimeRange | null; readonly edges: readonly TimeRange[] } {
  const step = BigInt(rollup.bucketSeconds) * 1_000_000_000n
  const start = ((range.from + step - 1n) / step) * step
  const end = (range.to / step) * step
  if (start >= end) return { whole: null, edges: [range] }
  const edges = [
    { from: range.from, to: start },
    { from: end, to: range.to },
  ].filter((edge) => edge.from < edge.to)
  return { whole: { from: start, to: end }, edges }
}

/** Records at the edges of the range, read from the base table. */
export function baseRows(table: TableCapability, predicate: Sql, range: TimeRange): Sql {
  return sql`${from(table)} WHERE ${timeBounds(table, range)} AND (${predicate})`
}

/** Whole buckets of the rollup. Both bounds are whole seconds. */
export function rollupRows(rollup: TableCapability, predicate: Sql, range: TimeRange): Sql {
  const time = id(rollup.roles.time ?? '')
  const second = (nanos: bigint) => param(nanos / 1_000_000_000n, 'UInt32')
  const bounds = and([
    sql`${time} >= toDateTime(${second(range.from)})`,
    sql`${time} < toDateTime(${second(range.to)})`,
  ])
  return sql`${from(rollup)} WHERE ${bounds} AND (${predicate})`
}
