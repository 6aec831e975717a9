import type { ColumnRole, TableCapability } from '@/lib/otel/capability'
import { id, join, type Sql, sql } from '@/lib/sql/fragment'

/** Light columns that tell nearly all rows of one nanosecond apart; lists show most of them anyway. */
const LOOKALIKE_ROLES: readonly ColumnRole[] = [
  'traceId',
  'spanId',
  'parentSpanId',
  'service',
  'name',
  'duration',
  'severityText',
  'body',
]

/**
 * UInt64 that tells rows of one nanosecond apart: of the columns that identify a row where the table keeps such
 * (`rowId`), else of the light columns. Rows with the same time and the same hash look alike; whether they are one and
 * the same is for `rowHash` to say. sipHash: telemetry is hostile, and collisions should not be for sale.
 */
export function lookalikeHash(table: TableCapability): Sql {
  if (table.rowId) return hashOf(table.rowId)
  const names = LOOKALIKE_ROLES.map((role) => table.roles[role]).filter((name) => name !== undefined)
  const columns = names.length > 0 ? names : table.columns.slice(0, 1).map((column) => column.name)
  return hashOf(columns)
}

/**
 * UInt64 of every stored column: reads all of the row. Rows that share it cannot be told apart by anybody.
 * With `rowId` its columns and the span's ids do, which cost little.
 */
export function rowHash(table: TableCapability): Sql {
  const { traceId, spanId } = table.roles
  if (table.rowId) return hashOf([...table.rowId, traceId, spanId].filter((name) => name !== undefined))
  return hashOf(table.columns.filter((column) => column.computed === undefined).map((column) => column.name))
}

/** A tuple, because a bare NULL argument would make the whole hash NULL. */
function hashOf(columns: readonly string[]): Sql {
  return sql`sipHash64(tuple(${join(
    columns.map((name) => id(name)),
    sql`, `,
  )}))`
}

/** `_id` of a search row: time in ns and hash; rows that look alike also have the hash of all columns. */
export interface RowId {
  readonly timeNs: bigint
  readonly lookalike: string
  readonly hash?: string
  /** 1, 2 … among identical rows: they get ids of their own though nothing tells them apart. */
  readonly copy?: number
}

export function formatRowId(row: RowId): string {
  const parts = [row.timeNs.toString(), row.lookalike]
  if (row.hash !== undefined) parts.push(row.hash)
  if (row.copy !== undefined && row.copy > 0) parts.push(String(row.copy))
  return parts.join('.')
}

/** Null when the text is no row id. */
export function parseRowId(text: string): RowId | null {
  const match = /^(\d{1,19})\.(\d{1,20})(?:\.(\d{1,20})(?:\.(\d{1,9}))?)?$/.exec(text)
  if (!match) return null
  const [, time = '', lookalike = '', hash, copy] = match
  const timeNs = BigInt(time)
  if (timeNs > 4_294_967_295_999_999_999n || !isUint64(lookalike)) return null
  if (hash !== undefined && !isUint64(hash)) return null
  return {
    timeNs,
    lookalike,
    ...(hash === undefined ? {} : { hash }),
    ...(copy === undefined ? {} : { copy: Number(copy) }),
  }
}

function isUint64(text: string): boolean {
  return BigInt(text) <= 18_446_744_073_709_551_615n
}
