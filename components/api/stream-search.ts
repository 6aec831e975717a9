import * as z from 'zod'
import { ColumnMeta } from '@/lib/api/common'
import { Problem } from '@/lib/api/problem'
import { MAX_SEARCH_LIMIT, type SearchRequest, SearchRow, SearchStreamEnd } from '@/lib/api/search'
import { ApiError } from './api-error'
import { send } from './fetch-json'
import { readLines } from './read-lines'

const Head = z.object({ columns: z.array(ColumnMeta) })
const End = z.object({ end: SearchStreamEnd })
const Failure = z.object({ error: Problem })

export interface StreamedRows {
  readonly columns: readonly ColumnMeta[]
  readonly rows: readonly SearchRow[]
}

/**
 * Every row of a search, in batches: pages of the largest size are streamed as NDJSON and followed by cursor.
 * Nothing is cut off; an error in the middle of a stream is thrown.
 */
export async function* streamSearch(
  request: SearchRequest,
  signal: AbortSignal,
): AsyncGenerator<StreamedRows> {
  let cursor: string | null | undefined
  while (cursor !== null) {
    const body = { ...request, limit: MAX_SEARCH_LIMIT, ...(cursor ? { cursor } : {}) }
    const response = await send('/search', { body, signal }, 'application/x-ndjson')
    if (!response.body) throw new Error('The server sent an empty answer')
    let columns: ColumnMeta[] | null = null
    let rows: SearchRow[] = []
    let end: z.infer<typeof SearchStreamEnd> | null = null
    for await (const line of readLines(response.body)) {
      const value: unknown = JSON.parse(line)
      if (columns === null) {
        columns = Head.parse(value).columns
        continue
      }
      const finished = End.safeParse(value)
      if (finished.success) {
        end = finished.data.end
        break
      }
      const failed = Failure.safeParse(value)
      if (failed.success) throw new ApiError(failed.data.error)
      rows.push(SearchRow.parse(value))
      if (rows.length >= 1000) {
        yield { columns, rows }
        rows = []
      }
    }
    if (columns === null || end === null) throw new Error('The answer broke off before its end')
    yield { columns, rows }
    cursor = end.nextCursor
  }
}
