import type { ClickHouseSettings } from '@clickhouse/client'
import type { Statistics, Warning } from '@/lib/api/common'
import { DEFAULT_SEARCH_LIMIT, type SearchRequest, type SearchResponse } from '@/lib/api/search'
import type { TableCapability } from '@/lib/otel/capability'
import { compile, type Sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { addStatistics, execute, NO_STATISTICS, type QueryResult } from '@/server/clickhouse/execute'
import { resolveRange } from '@/server/query/range'
import { keyWarnings, type Selection } from '@/server/query/selection'
import { showSql } from '@/server/query/show-sql'
import { tableOf } from '@/server/query/sources'
import { knownKeys } from '../complete/known-keys'
import type { ServiceContext } from '../context'
import { asForgedCursor, decodeCursor, encodeCursor } from './cursor'
import { toSearchRow } from './found-row'
import { separateLookalikes } from './lookalikes'
import { planSearch } from './plan'
import { type Chunk, walk } from './walk'

export type SearchRowValue = { _id: string } & Record<string, unknown>

export interface SearchChunk {
  readonly columns: Chunk['columns']
  readonly rows: readonly SearchRowValue[]
}

export interface SearchEnd {
  readonly nextCursor: string | null
  readonly sql: string
  readonly statistics: Statistics
  readonly warnings: Warning[]
}

/**
 * How far a page reads ahead. The first window is usually full of rows: small blocks stop soon after the last
 * one. When it was not, rows are rare, and small blocks would cost five times the time of large ones.
 */
function pageTuning(limit: number, isFirst: boolean): ClickHouseSettings {
  const blocks = isFirst && limit <= 1000 ? { max_block_size: '2048' } : {}
  return { read_in_order_use_buffering: 0, ...blocks }
}

/** Rows as each window finds them; the return value is what the page ends with. */
export async function* searchChunks(
  ctx: ServiceContext,
  request: SearchRequest,
): AsyncGenerator<SearchChunk, SearchEnd> {
  const table = tableOf(await ctx.capabilities(), request.source)
  const asked = resolveRange(request, ctx.nowMs)
  const { plan, selection, author } = await planSearch(ctx, table, request)
  const resumed = request.cursor === undefined ? null : decodeCursor(request, request.cursor, plan.keys)
  const range = resumed?.range ?? asked
  const limit = request.limit ?? DEFAULT_SEARCH_LIMIT

  // Beside the search, and only once: a later page would say the same.
  const aboutKeys = resumed ? Promise.resolve([]) : warnAboutKeys(ctx, table, range, selection)
  let statistics: Statistics = NO_STATISTICS
  const shown: string[] = []
  const run = async (statement: Sql): Promise<QueryResult> => {
    const compiled = compile(statement)
    const text = showSql(compiled)
    const isFirst = shown.length === 0
    shown.push(text)
    const result = await execute(ctx.client, compiled, {
      signal: ctx.signal,
      author,
      tuning: pageTuning(limit, isFirst),
      tags: { query: 'search', request: ctx.requestId },
      shownSql: text,
      searchText: selection.searchText,
    })
    statistics = addStatistics(statistics, result.statistics)
    return result
  }
  const steps = walk(run, plan, range, resumed?.position ?? null, limit)
  for (;;) {
    const step = await steps.next().catch((error: unknown) => {
      throw resumed ? asForgedCursor(error) : error
    })
    if (step.done) {
      const nextCursor = step.value === null ? null : encodeCursor(request, range, step.value)
      return {
        nextCursor,
        sql: statementText(shown),
        statistics,
        warnings: [...selection.warnings, ...(await aboutKeys)],
      }
    }
    const rows = await separateLookalikes(run, plan, range, step.value.rows)
    yield { columns: step.value.columns, rows: rows.map((row) => toSearchRow(plan, row)) }
  }
}

async function warnAboutKeys(
  ctx: ServiceContext,
  table: TableCapability,
  range: TimeRange,
  selection: Selection,
): Promise<Warning[]> {
  if (selection.keys.length === 0) return []
  // A hint is never worth failing a search for.
  const known = await knownKeys(ctx, table, range.from).catch(() => null)
  return known === null ? [] : keyWarnings(selection.keys, known)
}

/** POST /api/v1/search as one answer. */
export async function search(ctx: ServiceContext, request: SearchRequest): Promise<SearchResponse> {
  const chunks = searchChunks(ctx, request)
  let columns: Chunk['columns'] = []
  const rows: SearchRowValue[] = []
  for (;;) {
    const step = await chunks.next()
    if (step.done) return { columns: [...columns], rows, ...step.value }
    columns = step.value.columns
    for (const row of step.value.rows) rows.push(row)
  }
}

/** What ran, in order; a page is usually one statement. */
function statementText(statements: readonly string[]): string {
  if (statements.length <= 1) return statements[0] ?? ''
  return statements
    .map((text, i) => `-- statement ${i + 1} of ${statements.length}, until the page was full\n${text}`)
    .join(';\n\n')
}
