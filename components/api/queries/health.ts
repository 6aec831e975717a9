import { queryOptions } from '@tanstack/react-query'
import type { HealthResponse } from '@/lib/api/sources'
import { fetchJson } from '../fetch-json'

/** GET /health: the endpoints to send to, and what is missing. A 503 carries no endpoints and is an error here. */
export function healthOptions() {
  return queryOptions({
    queryKey: ['health'],
    queryFn: ({ signal }) => fetchJson<HealthResponse>('/health', { signal }),
    retry: 2,
  })
}
