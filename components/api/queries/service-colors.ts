import { queryOptions } from '@tanstack/react-query'
import { ServiceColorsResponse } from '@/lib/api/sources'
import { fetchJson } from '../fetch-json'

/** GET /service-colors. Refetched now and then: new services get their slot on the server. */
export function serviceColorsOptions() {
  return queryOptions({
    queryKey: ['service-colors'],
    queryFn: ({ signal }) => fetchJson('/service-colors', ServiceColorsResponse, { signal }),
    staleTime: 60_000,
    refetchInterval: 60_000,
  })
}
