import { queryOptions } from '@tanstack/react-query'
import type { RecordSelection } from '@/lib/api/common'
import type { NearestResponse } from '@/lib/api/sources'
import { fetchJson } from '../fetch-json'

/** POST /search/nearest: when the nearest matching record was, for an empty result. */
export function nearestOptions(request: RecordSelection) {
  return queryOptions({
    queryKey: ['nearest', request],
    queryFn: ({ signal }) => fetchJson<NearestResponse>('/search/nearest', { signal, body: request }),
  })
}
