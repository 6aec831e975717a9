import { ProblemError } from '@/lib/api/problem-error'
import type { NearestRequest, NearestResponse } from '@/lib/api/sources'
import { compile, type Sql } from '@/lib/sql/fragment'
import { formatIso, msToNanos, type TimeRange } from '@/lib/time/range'
import { execute } from '@/server/clickhouse/execute'
import { resolveRange } from '@/server/query/range'
import type { Direction, SearchPlan } from '@/server/query/search'
import { tableOf } from '@/server/query/sources'
import type { ServiceContext } from '../context'
import { planSearch } from './plan'
import { walk } from './walk'

/** How long each direction is searched; nobody waits for this answer. */
const EACH_MS = 4000
const DAY_MS = 86_400_000

/** POST /api/v1/search/nearest: what an empty result offers instead. */
export async function findNearest(ctx: ServiceContext, request: NearestRequest): Promise<NearestResponse> {
  const table = tableOf(await ctx.capabilities(), request.source)
  const range = resolveRange(request, ctx.nowMs)
  const [before, after] = await Promise.all([
    first({ from: 0n, to: range.from }, 'desc'),
    // Clocks run ahead; a day is enough.
    first({ from: range.to, to: msToNanos(ctx.nowMs + DAY_MS) }, 'asc'),
  ])
  if (before === null || after === null) {
    const only = before ?? after
    return { time: only === null ? null : formatIso(only) }
  }
  return { time: formatIso(range.from - before <= after - range.to ? before : after) }

  async function first(where: TimeRange, order: Direction): Promise<bigint | null> {
    if (where.from >= where.to) return null
    const { plan, selection, author } = await planSearch(ctx, table, { ...request, columns: [], order })
    const timesOnly: SearchPlan = { ...plan, columns: [] }
    const deadline = AbortSignal.timeout(EACH_MS)
    const signal = AbortSignal.any([ctx.signal, deadline])
    const run = (statement: Sql) =>
      execute(ctx.client, compile(statement), {
        signal,
        author,
        searchText: selection.searchText,
        limits: { timeMs: EACH_MS },
        tags: { query: 'nearest', request: ctx.requestId },
      })
    try {
      for await (const chunk of walk(run, timesOnly, where, null, 1)) {
        const row = chunk.rows[0]
        if (row) return BigInt(row.timeNs)
      }
      return null
    } catch (error) {
      const isLate = deadline.aborted || (error instanceof ProblemError && error.code === 'query_timeout')
      if (isLate && !ctx.signal.aborted) return null
      throw error
    }
  }
}
