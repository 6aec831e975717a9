import type { DecodeClock, Decoded } from './decoded'

/** ExportMetricsServiceRequest → rows of the five metric tables. @throws WireError */
export function decodeMetrics(_bytes: Uint8Array, _clock: DecodeClock): Decoded {
  throw new Error('todo')
}
