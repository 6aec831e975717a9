import type { ColumnMeta } from '@/lib/api/common'
import type { Cell } from './execute'

/** ClickHouse's JSONCompact, as far as it is read here. */
export interface JsonCompact {
  readonly meta: readonly ColumnMeta[]
  readonly data: readonly (readonly Cell[])[]
  readonly statistics?: { readonly elapsed: number; readonly rows_read: number; readonly bytes_read: number }
}

/**
 * Reads a JSONCompact answer. A server sends one document; the embedded engine ends one after each block of a long
 * result and begins the next, so the rows of all of them are the answer. Text inside of JSON holds no raw newline:
 * a line of its own with `}` followed by `{` is always the seam.
 */
export function readJsonCompact(text: string): JsonCompact {
  const seam = text.indexOf('\n}\n{')
  if (seam === -1) return JSON.parse(text) as JsonCompact
  const [first, ...rest] = text
    .split(/(?<=\n\}\n)(?=\{)/)
    .map((document) => JSON.parse(document) as JsonCompact)
  if (!first) throw new SyntaxError('the answer is empty')
  const statistics = { elapsed: 0, rows_read: 0, bytes_read: 0 }
  for (const part of [first, ...rest]) {
    statistics.elapsed = Math.max(statistics.elapsed, part.statistics?.elapsed ?? 0)
    statistics.rows_read = Math.max(statistics.rows_read, part.statistics?.rows_read ?? 0)
    statistics.bytes_read = Math.max(statistics.bytes_read, part.statistics?.bytes_read ?? 0)
  }
  const data = [first, ...rest].flatMap((part) => part.data)
  return { meta: first.meta, data, statistics }
}
