import { queryOptions } from '@tanstack/react-query'
import { SpanResponse, TraceResponse, TraceSkeleton } from '@/lib/api/trace'
import { fetchJson } from '../fetch-json'

/** GET /traces/{id}: the whole trace with attributes. */
export function traceOptions(traceId: string) {
  return queryOptions({
    queryKey: ['trace', traceId],
    queryFn: ({ signal }) => fetchJson(`/traces/${traceId}`, TraceResponse, { signal }),
  })
}

/** GET /traces/{id}?view=skeleton: what a waterfall needs, as arrays. */
export function traceSkeletonOptions(traceId: string) {
  return queryOptions({
    queryKey: ['trace-skeleton', traceId],
    queryFn: ({ signal }) => fetchJson(`/traces/${traceId}?view=skeleton`, TraceSkeleton, { signal }),
  })
}

/** GET /traces/{id}/spans/{id}: one span whole, with its logs. */
export function spanOptions(traceId: string, spanId: string) {
  return queryOptions({
    queryKey: ['span', traceId, spanId],
    queryFn: ({ signal }) =>
      fetchJson(`/traces/${traceId}/spans/${encodeURIComponent(spanId)}`, SpanResponse, { signal }),
  })
}
