import type { TableCapability } from '@/lib/otel/capability'
import { and, id, join, or, param, type Sql, sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { lookalikeHash, rowHash } from './row-identity'
import { from, timeBounds, timeColumn, timeNanos, timeOrder, timeValue } from './time-bounds'

export type Direction = 'asc' | 'desc'

export interface OutputColumn {
  /** As the request wrote it: the key in the answer's rows. */
  readonly name: string
  readonly expr: Sql
}

/** What rows are ordered by. Every order ends with the time, so that a page boundary is narrow. */
export type SortKey =
  | { readonly kind: 'time'; readonly dir: Direction }
  | { readonly kind: 'value'; readonly expr: Sql; readonly dir: Direction }

export interface SearchPlan {
  readonly table: TableCapability
  /** Which rows match, without the time range. */
  readonly predicate: Sql
  readonly columns: readonly OutputColumn[]
  readonly keys: readonly SortKey[]
}

/** A row's values of the sort keys: nanoseconds for time, text and type for others. */
export interface KeyValue {
  readonly text: string
  readonly type: string
}

/** Which rows of the order a statement reads. */
export type Slice =
  | { readonly kind: 'all' }
  /** Strictly after a row with these keys. */
  | { readonly kind: 'after'; readonly keys: readonly KeyValue[] }
  /** Exactly these keys, in order of the hash of all columns, from one hash on. */
  | { readonly kind: 'ties'; readonly keys: readonly KeyValue[]; readonly fromHash?: string }
  /** Rows at these points in time, with the hash of all columns. */
  | { readonly kind: 'times'; readonly timesNs: readonly string[] }

/** Names of the columns that the statement adds for paging; requested columns come first. */
export const PAGING_COLUMNS = { time: '__time', lookalike: '__like', hash: '__hash' } as const

/** Names that a row or the statement has already: `_id`, and the columns for paging. */
export function isReserved(name: string): boolean {
  return /^(?:_id|__time|__like|__hash|__[kt]\d+)$/.test(name)
}

/** One page or window of a search, as SQL. Result columns: the requested ones, then those for paging. */
export function searchStatement(plan: SearchPlan, range: TimeRange, slice: Slice, limit: number): Sql {
  const { table } = plan
  const hashed = slice.kind === 'ties' || slice.kind === 'times'
  const select = [
    ...plan.columns.map((column) => output(column)),
    sql`${timeNanos(table)} AS ${id(PAGING_COLUMNS.time)}`,
    sql`${lookalikeHash(table)} AS ${id(PAGING_COLUMNS.lookalike)}`,
    ...plan.keys.flatMap((key, i) =>
      key.kind === 'time'
        ? []
        : [sql`toString(${key.expr}) AS ${id(`__k${i}`)}`, sql`toTypeName(${key.expr}) AS ${id(`__t${i}`)}`],
    ),
    ...(hashed ? [sql`${rowHash(table)} AS ${id(PAGING_COLUMNS.hash)}`] : []),
  ]
  const conditions = [timeBounds(table, range), sliceCondition(plan, slice), wrapped(plan.predicate)]
  return sql`SELECT ${list(select)}
FROM ${from(table)}
WHERE ${join(
    conditions.filter((condition) => condition !== null),
    sql` AND `,
  )}
ORDER BY ${list(orderTerms(plan, slice))}
LIMIT ${param(limit, 'UInt64')}`
}

/** True when rows come in order of time, so that a page can be looked for in windows. */
export function isTimeOrdered(plan: SearchPlan): boolean {
  return plan.keys[0]?.kind === 'time'
}

/**
 * An expression that has a total order whatever its type: NULL and NaN, which compare with nothing, become the
 * type's default. Rows that fall together are still told apart by time and hash.
 */
export function totalOrder(expr: Sql): Sql {
  const known = sql`ifNull(${expr}, defaultValueOfTypeName(toTypeName(assumeNotNull(${expr}))))`
  return sql`if(${expr} != ${expr}, defaultValueOfTypeName(toTypeName(assumeNotNull(${expr}))), ${known})`
}

/** An alias of its own where the requested text is not already the column's name. */
function output(column: OutputColumn): Sql {
  const plain = id(column.name)
  return sameText(column.expr, plain) ? plain : sql`${column.expr} AS ${plain}`
}

function sameText(a: Sql, b: Sql): boolean {
  return a.parts.length === 1 && JSON.stringify(a.parts) === JSON.stringify(b.parts)
}

function sliceCondition(plan: SearchPlan, slice: Slice): Sql | null {
  const { table } = plan
  switch (slice.kind) {
    case 'all':
      return null
    case 'after':
      return sql`(${after(plan, slice.keys)})`
    case 'ties': {
      const same = plan.keys.map((key, i) => compare(plan, key, sql`=`, slice.keys[i]))
      const later =
        slice.fromHash === undefined ? [] : [sql`${rowHash(table)} >= ${param(slice.fromHash, 'UInt64')}`]
      return and([...same, ...later])
    }
    case 'times':
      return sql`${timeNanos(table)} IN ${param(slice.timesNs.map(BigInt), 'Array(Int64)')}`
  }
}

/** k1 after v1, or k1 = v1 and k2 after v2, or … */
function after(plan: SearchPlan, values: readonly KeyValue[]): Sql {
  return or(
    plan.keys.map((key, i) =>
      and([
        ...plan.keys.slice(0, i).map((earlier, j) => compare(plan, earlier, sql`=`, values[j])),
        compare(plan, key, key.dir === 'asc' ? sql`>` : sql`<`, values[i]),
      ]),
    ),
  )
}

function compare(plan: SearchPlan, key: SortKey, operator: Sql, value: KeyValue | undefined): Sql {
  if (!value) throw new Error('a key has no value')
  if (key.kind === 'time') {
    return sql`${id(timeColumn(plan.table))} ${operator} ${timeValue(plan.table, BigInt(value.text))}`
  }
  return sql`${key.expr} ${operator} CAST(${param(value.text, 'String')}, ${param(value.type, 'String')})`
}

function orderTerms(plan: SearchPlan, slice: Slice): Sql[] {
  if (slice.kind === 'ties') return [id(PAGING_COLUMNS.hash)]
  const terms = plan.keys.map((key, i) => {
    // Only a leading time follows the table's own order.
    if (key.kind === 'time') {
      return i === 0 ? timeOrder(plan.table, key.dir) : sql`${id(timeColumn(plan.table))} ${way(key.dir)}`
    }
    return sql`${key.expr} ${way(key.dir)}`
  })
  return slice.kind === 'times' ? [...terms, id(PAGING_COLUMNS.hash)] : terms
}

function way(direction: Direction): Sql {
  return direction === 'asc' ? sql`ASC` : sql`DESC`
}

function wrapped(predicate: Sql): Sql {
  return sql`(${predicate})`
}

function list(items: readonly Sql[]): Sql {
  return join(items, sql`, `)
}
