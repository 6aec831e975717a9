import { queryOptions } from '@tanstack/react-query'
import { SourcesResponse } from '@/lib/api/sources'
import { fetchJson } from '../fetch-json'

/** GET /sources: what can be searched. Asked often while there is no data at all, rarely afterwards. */
export function sourcesOptions() {
  return queryOptions({
    queryKey: ['sources'],
    queryFn: ({ signal }) => fetchJson('/sources', SourcesResponse, { signal }),
    staleTime: 60_000,
    refetchInterval: (query) => (query.state.data?.some((source) => source.hasData) ? 300_000 : 1500),
  })
}
