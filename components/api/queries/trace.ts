import { queryOptions } from '@tanstack/react-query'
import type { SpanResponse, TraceResponse, TraceSkeleton } from '@/lib/api/trace'
import { fetchJson } from '../fetch-json'

/** GET /traces/{id}: the whole trace with attributes. */
export function traceOptions(traceId: string) {
  return queryOptions({
    queryKey: ['trace', traceId],
    queryFn: ({ signal }) => fetchJson<TraceResponse>(`/traces/${traceId}`, { signal }),
  })
}

/** GET /traces/{id}?view=skeleton: what a waterfall needs, as arrays. */
export function traceSkeletonOptions(traceId: string) {
  return queryOptions({
    queryKey: ['trace-skeleton', traceId],
    queryFn: ({ signal }) => fetchJson<TraceSkeleton>(`/traces/${traceId}?view=skeleton`, { signal }),
  })
}

/** GET /traces/{id}/spans/{id}: one span whole, with its logs. */
export function spanOptions(traceId: string, spanId: string) {
  return queryOptions({
    queryKey: ['span', traceId, spanId],
    queryFn: ({ signal }) =>
      fetchJson<SpanResponse>(`/traces/${traceId}/spans/${encodeURIComponent(spanId)}`, { signal }),
  })
}
