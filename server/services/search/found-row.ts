import { type Cell, type QueryResult, textOf } from '@/server/clickhouse/execute'
import { formatRowId } from '@/server/query/row-identity'
import { type KeyValue, PAGING_COLUMNS, type SearchPlan } from '@/server/query/search'
import type { Chunk } from './walk'

/** A row of a search statement, its paging columns apart from the requested ones. */
export interface FoundRow {
  readonly cells: readonly Cell[]
  readonly timeNs: string
  readonly lookalike: string
  readonly keys: readonly KeyValue[]
  /** Hash of all columns, where the statement had to compute it. */
  readonly hash?: string
  /** 0, 1 … among identical rows. */
  readonly copy?: number
}

export function readRows(plan: SearchPlan, result: QueryResult): Chunk {
  const width = plan.columns.length
  const at = new Map(result.columns.map((column, i) => [column.name, i]))
  const cell = (row: readonly Cell[], name: string): string => textOf(row[at.get(name) ?? -1])
  const hashed = at.has(PAGING_COLUMNS.hash)
  const rows = result.rows.map((row): FoundRow => {
    const timeNs = cell(row, PAGING_COLUMNS.time)
    const keys = plan.keys.map((key, i) =>
      key.kind === 'time'
        ? { text: timeNs, type: 'time' }
        : { text: cell(row, `__k${i}`), type: cell(row, `__t${i}`) },
    )
    const found = { cells: row.slice(0, width), timeNs, lookalike: cell(row, PAGING_COLUMNS.lookalike), keys }
    return hashed ? { ...found, hash: cell(row, PAGING_COLUMNS.hash) } : found
  })
  const columns = plan.columns.map((column, i) => ({
    name: column.name,
    type: result.columns[i]?.type ?? '',
  }))
  return { columns, rows }
}

export function rowIdOf(row: FoundRow): string {
  return formatRowId({
    timeNs: BigInt(row.timeNs),
    lookalike: row.lookalike,
    ...(row.hash === undefined ? {} : { hash: row.hash }),
    ...(row.copy === undefined ? {} : { copy: row.copy }),
  })
}

/** The requested columns as one object, with the row's id. */
export function toSearchRow(plan: SearchPlan, row: FoundRow): { _id: string } & Record<string, Cell> {
  const entries = plan.columns.map((column, i): [string, Cell] => [column.name, row.cells[i]])
  return { ...Object.fromEntries(entries), _id: rowIdOf(row) }
}
