import { queryOptions } from '@tanstack/react-query'
import type { FacetsRequest, FacetsResponse } from '@/lib/api/search'
import { fetchJson } from '../fetch-json'

/** POST /facets. */
export function facetsOptions(request: FacetsRequest) {
  return queryOptions({
    queryKey: ['facets', request],
    queryFn: ({ signal }) => fetchJson<FacetsResponse>('/facets', { signal, body: request }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
