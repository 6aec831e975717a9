import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import { traceSkeletonOptions } from '@/components/api/queries/trace'
import type { SearchRequest, SearchResponse } from '@/lib/api/search'
import type { TraceSkeleton } from '@/lib/api/trace'
import { formatIso, nanosToMs, parseIso } from '@/lib/time/range'

const STILL_ARRIVING_MS = 60_000
const REFETCH_MS = 3000
const SECOND = 1_000_000_000n

/** Whether spans may still come in: the last one known ended less than a minute ago. */
export function isStillArriving(trace: Pick<TraceSkeleton, 'end'>, nowMs: number): boolean {
  const end = parseIso(trace.end)
  if (end === null) return false
  const age = nowMs - nanosToMs(end)
  return age >= -STILL_ARRIVING_MS && age < STILL_ARRIVING_MS
}

/** The skeleton, fetched again every few seconds while the trace is young. */
export function liveSkeletonOptions(traceId: string) {
  return queryOptions({
    ...traceSkeletonOptions(traceId),
    refetchInterval: ({ state }) =>
      state.data && isStillArriving(state.data, Date.now()) ? REFETCH_MS : false,
    // A trace only grows. Comparing 50,000 spans value by value would cost more than to draw them.
    structuralSharing: (before, after) =>
      hasSize(before) && hasSize(after) && sameSize(before, after) ? before : after,
  })
}

type Size = Pick<TraceSkeleton, 'spanCount' | 'durationNs' | 'errorCount' | 'start' | 'logs'>

function hasSize(data: unknown): data is Size {
  return typeof data === 'object' && data !== null && 'spanCount' in data && 'logs' in data
}

function sameSize(a: Size, b: Size): boolean {
  return (
    a.spanCount === b.spanCount &&
    a.errorCount === b.errorCount &&
    a.start === b.start &&
    a.durationNs === b.durationNs &&
    a.logs.length === b.logs.length
  )
}

/** Ids of the spans of one trace that a search finds, by attributes too. */
export function inTraceSearchOptions(trace: TraceSkeleton, query: string) {
  const request: SearchRequest = {
    source: 'traces',
    query,
    filters: { TraceId: { in: [trace.traceId] } },
    from: formatIso((parseIso(trace.start) ?? 0n) - SECOND),
    to: formatIso((parseIso(trace.end) ?? 0n) + SECOND),
    columns: ['SpanId'],
    limit: 10_000,
  }
  return queryOptions({
    queryKey: ['trace-search', request],
    queryFn: async ({ signal }) => {
      const { rows } = await fetchJson<SearchResponse>('/search', { body: request, signal })
      return rows.map((row) => String(row.SpanId ?? ''))
    },
    enabled: query.trim() !== '',
    // A half-typed query is no reason to ask the same again.
    retry: false,
  })
}
