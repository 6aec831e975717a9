import { queryOptions } from '@tanstack/react-query'
import type { HistogramRequest, HistogramResponse } from '@/lib/api/search'
import { fetchJson } from '../fetch-json'

/** POST /histogram. */
export function histogramOptions(request: HistogramRequest) {
  return queryOptions({
    queryKey: ['histogram', request],
    queryFn: ({ signal }) => fetchJson<HistogramResponse>('/histogram', { signal, body: request }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
