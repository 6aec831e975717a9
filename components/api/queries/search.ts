import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { SearchRequest, SearchResponse } from '@/lib/api/search'
import { fetchJson } from '../fetch-json'

/** POST /search, page after page by cursor. The request holds a resolved range, so the key says what was asked. */
export function searchPagesOptions(request: SearchRequest) {
  return infiniteQueryOptions({
    queryKey: ['search', request],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<SearchResponse>('/search', {
        signal,
        body: pageParam === null ? request : { ...request, cursor: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** POST /search, one page: for small lists beside a record. */
export function searchOptions(request: SearchRequest) {
  return queryOptions({
    queryKey: ['search-once', request],
    queryFn: ({ signal }) => fetchJson<SearchResponse>('/search', { signal, body: request }),
  })
}
