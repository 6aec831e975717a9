import type { CompleteRequest, CompleteResponse } from '@/lib/api/search'
import { fetchJson } from './fetch-json'

/** POST /complete: what could stand at the cursor. */
export function complete(request: CompleteRequest, signal: AbortSignal): Promise<CompleteResponse> {
  return fetchJson<CompleteResponse>('/complete', { body: request, signal })
}
