import type { DemoResponse } from '@/lib/api/sources'
import { fetchJson } from './fetch-json'

/** POST /demo: starts the demo shop, which sends its telemetry through the front door. */
export function startDemo(): Promise<DemoResponse> {
  return fetchJson<DemoResponse>('/demo', { method: 'POST', body: {} })
}
