import { ProblemError } from '@/lib/api/problem-error'
import type { SpanResponse, TraceQuery } from '@/lib/api/trace'
import { spansStatement } from '@/server/query/trace'
import type { ServiceContext } from '../context'
import { parseTraceId, placeTrace, traceQuery } from './find-trace'
import { readTraceLogs } from './get-trace'
import { readSpans } from './read-spans'

/** Far more than honest senders repeat an id. */
const MAX_SAME_ID = 100

/** GET /api/v1/traces/{traceId}/spans/{spanId}: the span or, when its id was sent more than once, all of them. */
export async function getSpan(
  ctx: ServiceContext,
  traceIdText: string | undefined,
  spanId: string | undefined,
  hints: TraceQuery,
): Promise<SpanResponse> {
  const traceId = parseTraceId(traceIdText)
  if (spanId === undefined || !/^[\w-]{1,64}$/.test(spanId)) {
    throw new ProblemError('invalid_request', 'A span id is 16 hexadecimal digits.')
  }
  const place = await placeTrace(ctx, traceId, hints)
  for (const range of place.ranges) {
    const statement = spansStatement(place.table, { traceId, spanId, range, limit: MAX_SAME_ID })
    const spans = readSpans(await traceQuery(ctx, statement, 'span'))
    if (spans.length === 0) continue
    const { logs } = await readTraceLogs(ctx, place, { spanId })
    return { traceId, spans, logs }
  }
  throw new ProblemError('not_found', `Trace ${traceId} has no span ${spanId}.`)
}
