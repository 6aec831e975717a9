import type { SkipIndex, TableCapability } from '@/lib/otel/capability'
import { ITEM_SEPARATOR } from '@/lib/otel/items'
import { id, join, param, type Sql, sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { asText } from './group-value'
import { fieldExpression } from './predicate/field-expression'
import type { rollupFor } from './rollup'
import { from, timeBounds } from './time-bounds'

/** Rows that a sample reads at most. */
const SAMPLE_ROWS = 50_000

/** The text index on an expression, if the table has one. */
export function textIndexOn(table: TableCapability, expression: string | undefined): SkipIndex | null {
  return table.indexes.find((index) => index.type === 'text' && index.expression === expression) ?? null
}

/** Keys of a map with the number of records that have them: from the index of its keys, by whole parts. */
export function indexedKeysStatement(
  table: TableCapability,
  index: SkipIndex,
  range: TimeRange,
  limit: number,
): Sql {
  return sql`SELECT token AS k, sum(cardinality) AS n
FROM ${tokens(table, index)}
WHERE ${parts(table, range)}
GROUP BY k
ORDER BY n DESC, k
LIMIT ${param(limit, 'UInt32')}`
}

/** Values of a key that begin with a prefix: from the index of `key=value` items, whose order serves the prefix. */
export function indexedValuesStatement(
  table: TableCapability,
  index: SkipIndex,
  key: string,
  prefix: string,
  range: TimeRange,
  limit: number,
): Sql {
  const head = `${key}${ITEM_SEPARATOR}`
  return sql`SELECT substring(token, ${param(new TextEncoder().encode(head).length + 1, 'UInt32')}) AS v, sum(cardinality) AS n
FROM ${tokens(table, index)}
WHERE startsWith(token, ${param(head + prefix, 'String')}) AND ${parts(table, range)}
GROUP BY v
ORDER BY n DESC, v
LIMIT ${param(limit, 'UInt32')}`
}

/** Keys of a map among the newest records. */
export function sampledKeysStatement(
  table: TableCapability,
  map: string,
  range: TimeRange,
  limit: number,
): Sql {
  return sql`SELECT k, count() AS n
FROM (SELECT mapKeys(${id(map)}) AS keys FROM ${from(table)} WHERE ${timeBounds(table, range)} LIMIT ${param(SAMPLE_ROWS, 'UInt32')})
ARRAY JOIN keys AS k
GROUP BY k
ORDER BY n DESC, k
LIMIT ${param(limit, 'UInt32')}`
}

/** Values of a field that contain a text, from the rollup (exact) or from some records (a sample). */
export function valuesStatement(
  table: TableCapability,
  field: string,
  contains: string,
  range: TimeRange,
  limit: number,
  rollup: ReturnType<typeof rollupFor>,
): Sql | null {
  const found = fieldExpression(field, table)
  if (!found) return null
  const value = /^Array\(/.test(found.type)
    ? sql`toString(arrayJoin(${found.expr}))`
    : asText(found.expr, found.type)
  const rows = rollup
    ? sql`SELECT ${value} AS v, sum(${id(rollup.countColumn)}) AS c FROM ${from({ database: table.database, table: rollup.table })}
WHERE ${id(rollup.timeColumn)} >= toDateTime(${seconds(range.from)}) - ${param(rollup.bucketSeconds, 'UInt32')} AND ${id(rollup.timeColumn)} < toDateTime(${seconds(range.to)})
GROUP BY v`
    : sql`SELECT ${value} AS v, 1 AS c FROM ${from(table)} WHERE ${timeBounds(table, range)} LIMIT ${param(SAMPLE_ROWS, 'UInt32')}`
  const filter =
    contains === ''
      ? sql`v != ''`
      : sql`v != '' AND positionCaseInsensitiveUTF8(v, ${param(contains, 'String')}) > 0`
  return sql`SELECT v, sum(c) AS n FROM (${rows}) WHERE ${filter} GROUP BY v ORDER BY n DESC, v LIMIT ${param(limit, 'UInt32')}`
}

function tokens(table: TableCapability, index: SkipIndex): Sql {
  return sql`mergeTreeTextIndex(${join([id(table.database), id(table.table), id(index.name)], sql`, `)})`
}

/** Parts of days outside of the range are left out, where partitions are days. */
function parts(table: TableCapability, range: TimeRange): Sql {
  if (table.partitionKey !== `toDate(${table.roles.time})`) return sql`1`
  const day = (nanos: bigint) => sql`toYYYYMMDD(toDateTime(${seconds(nanos)}))`
  return sql`toUInt32OrZero(substring(part_name, 1, 8)) BETWEEN ${day(range.from)} AND ${day(range.to)}`
}

function seconds(nanos: bigint): Sql {
  return param(nanos / 1_000_000_000n, 'UInt32')
}
