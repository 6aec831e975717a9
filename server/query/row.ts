import type { TableCapability } from '@/lib/otel/capability'
import { id, join, param, type Sql, sql } from '@/lib/sql/fragment'
import { lookalikeHash, type RowId, rowHash } from './row-identity'
import { from, timeBounds } from './time-bounds'

/** One row with all of its stored columns. */
export function rowStatement(table: TableCapability, row: RowId): Sql {
  const columns = table.columns.filter((column) => column.computed !== 'alias')
  const bounds = timeBounds(table, { from: row.timeNs, to: row.timeNs + 1n })
  const hash =
    row.hash === undefined ? sql`` : sql` AND ${rowHash(table)} = ${param(BigInt(row.hash), 'UInt64')}`
  return sql`SELECT ${join(
    columns.map((column) => id(column.name)),
    sql`, `,
  )}
FROM ${from(table)}
WHERE ${bounds} AND ${lookalikeHash(table)} = ${param(BigInt(row.lookalike), 'UInt64')}${hash}
LIMIT 1`
}
