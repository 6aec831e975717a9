import type { ColumnMeta } from '@/lib/api/common'
import type { Sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import type { QueryResult } from '@/server/clickhouse/execute'
import {
  isTimeOrdered,
  type KeyValue,
  type SearchPlan,
  type Slice,
  searchStatement,
} from '@/server/query/search'
import { isInTimeOrder } from '@/server/query/time-bounds'
import { windows } from '@/server/query/windows'
import { type FoundRow, readRows } from './found-row'

/** Where a page ended. */
export interface Position {
  readonly keys: readonly KeyValue[]
  /** Set when rows with the same keys are left: the last row's hash, and how many rows with that hash were given. */
  readonly tie?: { readonly hash: string; readonly given: number }
  /** Which window size found the page's end. */
  readonly window: number
}

export interface Chunk {
  readonly columns: readonly ColumnMeta[]
  readonly rows: readonly FoundRow[]
}

type Run = (statement: Sql) => Promise<QueryResult>

/**
 * The next `limit` rows after `start`, window by window, and where they end (null: nothing is left).
 *
 * The order is that of the sort keys, ending with the time. Rows that share all keys have an order only when a
 * page ends among them: then, and only then, they are read again in order of the hash of all their columns.
 * Identical rows are told apart by counting. So no row is lost or repeated, however many share a nanosecond,
 * and pages without ties never read the columns that a hash needs.
 */
export async function* walk(
  run: Run,
  plan: SearchPlan,
  range: TimeRange,
  start: Position | null,
  limit: number,
): AsyncGenerator<Chunk, Position | null> {
  let left = limit
  if (start?.tie) {
    const { hash, given } = start.tie
    const slice: Slice = { kind: 'ties', keys: start.keys, fromHash: hash }
    const found = await fetch(run, plan, range, slice, left + given + 1)
    const seen = Math.min(given, countOf(found.rows, hash))
    const rest = { ...found, rows: found.rows.slice(seen) }
    const part = cut(rest, left, start.keys, start.window, start.tie)
    yield part.chunk
    if (part.position) return part.position
    left -= part.chunk.rows.length
    if (left === 0) return { keys: start.keys, window: start.window }
  }
  let size = start?.window ?? 0
  for (const window of windowsAfter(plan, range, start)) {
    const slice: Slice = start ? { kind: 'after', keys: start.keys } : { kind: 'all' }
    const found = await fetch(run, plan, window, slice, left + 1)
    const boundary = found.rows[left]
    const last = found.rows[left - 1]
    if (!boundary || !last) {
      yield found
      left -= found.rows.length
      if (left === 0 && last) return { keys: last.keys, window: size }
      size++
      continue
    }
    if (!sameKeys(boundary, last)) {
      yield { ...found, rows: found.rows.slice(0, left) }
      return { keys: last.keys, window: size }
    }
    const whole = found.rows.findIndex((row) => sameKeys(row, last))
    yield { ...found, rows: found.rows.slice(0, whole) }
    left -= whole
    const ties = await fetch(run, plan, range, { kind: 'ties', keys: last.keys }, left + 1)
    const part = cut(ties, left, last.keys, size)
    yield part.chunk
    return part.position ?? { keys: last.keys, window: size }
  }
  return null
}

/** The first `limit` of rows that share their keys; the position is null when there are no more of them. */
function cut(
  found: Chunk,
  limit: number,
  keys: readonly KeyValue[],
  window: number,
  before?: { readonly hash: string; readonly given: number },
): { chunk: Chunk; position: Position | null } {
  const rows = numberCopies(found.rows.slice(0, limit), before)
  const last = rows.at(-1)
  if (found.rows.length <= limit || last?.hash === undefined) {
    return { chunk: { ...found, rows }, position: null }
  }
  const tie = { hash: last.hash, given: (last.copy ?? 0) + 1 }
  return { chunk: { ...found, rows }, position: { keys, window, tie } }
}

/** Identical rows, adjacent by hash, are counted across pages. */
export function numberCopies(
  rows: readonly FoundRow[],
  before?: { readonly hash: string; readonly given: number },
): FoundRow[] {
  let hash = before?.hash
  let copy = (before?.given ?? 0) - 1
  return rows.map((row) => {
    copy = row.hash === hash ? copy + 1 : 0
    hash = row.hash
    return { ...row, copy }
  })
}

async function fetch(
  run: Run,
  plan: SearchPlan,
  range: TimeRange,
  slice: Slice,
  limit: number,
): Promise<Chunk> {
  return readRows(plan, await run(searchStatement(plan, range, slice, limit)))
}

/** Without a leading time there is one window. With it, the rest of the range begins at the position's time. */
function* windowsAfter(plan: SearchPlan, range: TimeRange, start: Position | null): Generator<TimeRange> {
  const first = plan.keys[0]
  if (!isTimeOrdered(plan) || !first) {
    yield range
    return
  }
  const layout = isInTimeOrder(plan.table) ? 'inTimeOrder' : 'otherwise'
  const key = start?.keys[0]
  if (!key) {
    yield* windows(range, first.dir, layout)
    return
  }
  const at = BigInt(key.text)
  const rest = first.dir === 'desc' ? { from: range.from, to: at + 1n } : { from: at, to: range.to }
  yield* windows(rest, first.dir, layout, start?.window ?? 0)
}

function countOf(rows: readonly FoundRow[], hash: string): number {
  return rows.filter((row) => row.hash === hash).length
}

function sameKeys(a: FoundRow, b: FoundRow): boolean {
  return a.keys.every((key, i) => key.text === b.keys[i]?.text)
}
