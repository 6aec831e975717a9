import { setTimeout as sleep } from 'node:timers/promises'
import { Filters } from '@/lib/api/common'
import { parseJson } from '@/lib/api/parse-json'
import { ProblemError } from '@/lib/api/problem-error'
import type { TailRequest } from '@/lib/api/tail'
import { compile } from '@/lib/sql/fragment'
import { msToNanos } from '@/lib/time/range'
import { execute } from '@/server/clickhouse/execute'
import type { ServerEvent } from '@/server/http/event-stream'
import { searchStatement } from '@/server/query/search'
import { showSql } from '@/server/query/show-sql'
import { tableOf } from '@/server/query/sources'
import type { ServiceContext } from '../context'
import { readRows, toSearchRow } from '../search/found-row'
import { planSearch } from '../search/plan'
import { SeenRows } from './seen-rows'

const POLL_MS = 1000
/** Records arrive up to this long after their own time: batches, queues, slow networks. */
const LATE_MS = 60_000
/** Clocks of senders run ahead. */
const AHEAD_MS = 60_000
/** More rows than this in one second nobody can read: the newest are sent, the others counted. */
const MAX_ROWS = 500
const PING_EVERY = 15

/**
 * GET /api/v1/tail: polls the newest minute and sends what it has not sent. A record that arrives later than a
 * minute after its own time is found by searching, not by the tail.
 */
export async function* tailRecords(
  ctx: ServiceContext,
  request: TailRequest,
): AsyncGenerator<ServerEvent, void> {
  const table = tableOf(await ctx.capabilities(), request.source)
  const columns = request.columns === undefined ? undefined : [request.columns].flat()
  const { plan, selection, author } = await planSearch(ctx, table, {
    query: request.query,
    language: request.language,
    filters: readFilters(request.filters),
    ...(columns ? { columns } : {}),
  })
  const seen = new SeenRows()
  let first = true
  for (let round = 0; ; round++) {
    const now = Date.now()
    const range = { from: msToNanos(now - LATE_MS), to: msToNanos(now + AHEAD_MS) }
    const compiled = compile(searchStatement(plan, range, { kind: 'all' }, MAX_ROWS * 4))
    const result = await execute(ctx.client, compiled, {
      signal: ctx.signal,
      author,
      searchText: selection.searchText,
      tags: { query: 'tail', request: ctx.requestId },
    })
    const found = readRows(plan, result)
    const fresh = found.rows.filter((row) => seen.isNew(row)).toReversed()
    if (first) {
      yield { event: 'columns', data: { columns: found.columns, sql: showSql(compiled) } }
      first = false
    } else if (fresh.length > 0) {
      const rows = fresh.slice(-MAX_ROWS).map((row) => toSearchRow(plan, row))
      yield { event: 'rows', data: { rows, dropped: fresh.length - rows.length } }
    } else if (round % PING_EVERY === 0) {
      yield { event: 'ping', data: {} }
    }
    await sleep(POLL_MS, undefined, { signal: ctx.signal })
  }
}

function readFilters(text: string | undefined): Filters | undefined {
  if (text === undefined || text === '') return undefined
  try {
    return Filters.parse(parseJson(text))
  } catch {
    throw new ProblemError('invalid_request', 'filters is not the JSON of filters.')
  }
}
