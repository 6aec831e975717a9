import type { ColumnMeta } from '@/lib/api/common'
import type { SearchRequest, SearchRow, SearchStreamEnd } from '@/lib/api/search'
import { ApiError } from './api-error'
import { send } from './fetch-json'
import { readLines } from './read-lines'
import { readProblem } from './read-problem'

/** The most that the API gives in one page (MAX_SEARCH_LIMIT of lib/api, which brings the validation along). */
const PAGE = 10_000

/** One line of the stream: the head, a row, the end or a failure. */
interface Line {
  readonly columns?: readonly ColumnMeta[]
  readonly end?: SearchStreamEnd
  readonly error?: unknown
}

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
    const body = { ...request, limit: PAGE, ...(cursor ? { cursor } : {}) }
    const response = await send('/search', { body, signal }, 'application/x-ndjson')
    if (!response.body) throw new Error('The server sent an empty answer')
    let columns: readonly ColumnMeta[] | null = null
    let rows: SearchRow[] = []
    let end: SearchStreamEnd | null = null
    for await (const line of readLines(response.body)) {
      const value: Line & SearchRow = JSON.parse(line)
      // Rows carry an id; a column of a row may well be called `end`.
      const isRow = value._id !== undefined
      if (isRow && columns !== null) rows.push(value)
      else if (value.columns !== undefined) columns = value.columns
      else if (value.end !== undefined) {
        end = value.end
        break
      } else if (value.error !== undefined) {
        const problem = readProblem(value.error)
        throw problem ? new ApiError(problem) : new Error('The server broke off the answer')
      }
      if (columns !== null && rows.length >= 1000) {
        yield { columns, rows }
        rows = []
      }
    }
    if (columns === null || end === null) throw new Error('The answer broke off before its end')
    yield { columns, rows }
    cursor = end.nextCursor
  }
}
