import { queryOptions } from '@tanstack/react-query'
import type { RowResponse } from '@/lib/api/search'
import { fetchJson } from '../fetch-json'

/** GET /rows/{source}/{_id}: one whole record. Records do not change. */
export function rowOptions(source: string, id: string) {
  return queryOptions({
    queryKey: ['row', source, id],
    queryFn: ({ signal }) =>
      fetchJson<RowResponse>(`/rows/${encodeURIComponent(source)}/${encodeURIComponent(id)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
