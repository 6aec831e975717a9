import type { TraceLog, TraceQuery, TraceResponse } from '@/lib/api/trace'
import { parseIso } from '@/lib/time/range'
import { spansStatement, traceLogsStatement, traceTotalsStatement } from '@/server/query/trace'
import type { ServiceContext } from '../context'
import { noTrace, parseTraceId, placeTrace, type TracePlace, traceQuery } from './find-trace'
import { readLogs, readSpans } from './read-spans'
import { headOfSpans, headOfTotals } from './trace-head'

export const MAX_TRACE_SPANS = 10_000
export const MAX_TRACE_LOGS = 10_000

/** GET /api/v1/traces/{traceId}: whole spans, for all but the biggest traces. */
export async function getTrace(
  ctx: ServiceContext,
  traceIdText: string | undefined,
  hints: TraceQuery,
): Promise<TraceResponse> {
  const traceId = parseTraceId(traceIdText)
  const place = await placeTrace(ctx, traceId, hints)
  const logsRead = readTraceLogs(ctx, place)
  // A failure of both is told once.
  logsRead.catch(() => undefined)
  for (const range of place.ranges) {
    const rows = { traceId, range, limit: MAX_TRACE_SPANS + 1 }
    const spans = readSpans(await traceQuery(ctx, spansStatement(place.table, rows), 'trace'))
    if (spans.length === 0) continue
    const isCut = spans.length > MAX_TRACE_SPANS
    const head = isCut
      ? headOfTotals(
          traceId,
          await traceQuery(ctx, traceTotalsStatement(place.table, { traceId, range }), 'trace-totals'),
        )
      : headOfSpans(
          traceId,
          spans.map((span) => ({
            startNs: parseIso(span.start) ?? 0n,
            durationNs: BigInt(span.durationNs),
            service: span.service,
            isError: span.status === 'Error',
          })),
        )
    const logs = await logsRead
    return {
      ...head,
      truncated: isCut || logs.truncated,
      spans: spans.slice(0, MAX_TRACE_SPANS),
      logs: logs.logs,
    }
  }
  throw noTrace(traceId)
}

/** Logs with the trace's id, without a bound in time where an index finds them. */
export async function readTraceLogs(
  ctx: ServiceContext,
  place: TracePlace,
  options: { readonly spanId?: string; readonly bodyLength?: number } = {},
): Promise<{ logs: TraceLog[]; truncated: boolean }> {
  if (!place.logs?.roles.traceId) return { logs: [], truncated: false }
  const rows = {
    traceId: place.traceId,
    ...(options.spanId === undefined ? {} : { spanId: options.spanId }),
    range: place.ranges[0] ?? null,
    limit: MAX_TRACE_LOGS + 1,
  }
  const statement = traceLogsStatement(place.logs, rows, options.bodyLength)
  const logs = readLogs(await traceQuery(ctx, statement, 'trace-logs'))
  return { logs: logs.slice(0, MAX_TRACE_LOGS), truncated: logs.length > MAX_TRACE_LOGS }
}
