import { queryOptions } from '@tanstack/react-query'
import type { SourcesResponse } from '@/lib/api/sources'
import { fetchJson } from '../fetch-json'

/** Has anything arrived that can be searched? */
export function hasRecords(sources: SourcesResponse): boolean {
  return sources.some((source) => source.kind !== 'metrics' && source.hasData)
}

/** GET /sources: what can be searched. Asked often while there is no data at all, rarely afterwards. */
export function sourcesOptions() {
  return queryOptions({
    queryKey: ['sources'],
    queryFn: ({ signal }) => fetchJson<SourcesResponse>('/sources', { signal }),
    staleTime: 60_000,
    refetchInterval: ({ state: { data } }) => {
      if (!data || !hasRecords(data)) return 1500
      return data.every((source) => source.hasData || source.kind === 'metrics') ? 300_000 : 5000
    },
  })
}
