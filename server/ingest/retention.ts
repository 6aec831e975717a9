import type { Signal } from '@/lib/otel/otlp/decoded'
import type { Config } from '@/server/config'

const HOUR_MS = 3_600_000

/** `7d`, `36h` (as the configuration has checked them) in ms. */
export function retentionMs(ttl: Config['ttl']): Readonly<Record<Signal, number>> {
  return { traces: parse(ttl.traces), logs: parse(ttl.logs), metrics: parse(ttl.metrics) }
}

function parse(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('d') ? 24 * HOUR_MS : HOUR_MS)
}
