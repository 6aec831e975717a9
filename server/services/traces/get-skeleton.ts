import type { TraceQuery, TraceSkeleton } from '@/lib/api/trace'
import { skeletonStatement, traceTotalsStatement } from '@/server/query/trace'
import type { ServiceContext } from '../context'
import { noTrace, parseTraceId, placeTrace, traceQuery } from './find-trace'
import { readTraceLogs } from './get-trace'
import { toArrays } from './skeleton-arrays'
import { headOfTotals } from './trace-head'

export const MAX_SKELETON_SPANS = 250_000
const BODY_LENGTH = 500

/** GET /api/v1/traces/{traceId}?view=skeleton: what a waterfall draws, as arrays. */
export async function getSkeleton(
  ctx: ServiceContext,
  traceIdText: string | undefined,
  hints: TraceQuery,
): Promise<TraceSkeleton> {
  const traceId = parseTraceId(traceIdText)
  const place = await placeTrace(ctx, traceId, hints)
  const logsRead = readTraceLogs(ctx, place, { bodyLength: BODY_LENGTH })
  logsRead.catch(() => undefined)
  for (const range of place.ranges) {
    const rows = { traceId, range, limit: MAX_SKELETON_SPANS + 1 }
    const result = await traceQuery(ctx, skeletonStatement(place.table, rows), 'skeleton')
    if (result.rows.length === 0) continue
    const isCut = result.rows.length > MAX_SKELETON_SPANS
    const { logs, truncated } = await logsRead
    const kept = isCut ? { ...result, rows: result.rows.slice(0, MAX_SKELETON_SPANS) } : result
    const arrays = toArrays(traceId, kept, new Set(logs.map((log) => log.spanId)))
    const head = isCut
      ? headOfTotals(
          traceId,
          await traceQuery(ctx, traceTotalsStatement(place.table, { traceId, range }), 'trace-totals'),
        )
      : arrays.head
    const short = logs.map(({ attributes: _, resource: __, ...log }) => log)
    const { serviceNames, spanNames, spans, events, orphanParents } = arrays
    return {
      ...head,
      truncated: isCut || truncated,
      serviceNames,
      spanNames,
      spans,
      events,
      orphanParents,
      logs: short,
    }
  }
  throw noTrace(traceId)
}
