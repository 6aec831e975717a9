import { searchHref } from '@/components/frame/search-href'
import type { Filters } from '@/lib/api/common'
import { formatIso, parseIso } from '@/lib/time/range'

const SECOND = 1_000_000_000n
const AROUND = 1800n * SECOND
const LOG_PADDING = 5n * SECOND

export interface SpanPlace {
  service: string
  name: string
  /** ISO. */
  start: string
  durationNs: string | number
}

/** Half an hour on both sides of a moment: wide enough to find others like it. */
function around(startIso: string): { from: string; to: string } {
  const start = parseIso(startIso) ?? 0n
  return { from: formatIso(start - AROUND), to: formatIso(start + AROUND) }
}

export function similarSpansHref(span: SpanPlace): string {
  return searchHref(
    'traces',
    { ServiceName: { in: [span.service] }, SpanName: { in: [span.name] } },
    around(span.start),
  )
}

/** Logs of the span's service in the span's time: for services that send no trace id. */
export function logsAroundHref(span: SpanPlace): string {
  const start = parseIso(span.start) ?? 0n
  const duration = BigInt(Math.max(0, Math.round(Number(span.durationNs) || 0)))
  return searchHref(
    'logs',
    { ServiceName: { in: [span.service] } },
    { from: formatIso(start - LOG_PADDING), to: formatIso(start + duration + LOG_PADDING) },
  )
}

export function traceLogsHref(traceId: string, startIso: string): string {
  return searchHref('logs', { TraceId: { in: [traceId] } }, around(startIso))
}

/** Spans with (or without) this value, around the same time. `prefix`: the column that holds the attribute. */
export function attributeHref(
  source: 'traces' | 'logs',
  field: string,
  value: string,
  how: 'in' | 'notIn',
  startIso: string,
): string {
  const filters: Filters = { [field]: { [how]: [value] } }
  return searchHref(source, filters, around(startIso))
}

export function traceHref(traceId: string, spanId?: string): string {
  const span = spanId ? `?span=${encodeURIComponent(spanId)}` : ''
  return `/trace/${encodeURIComponent(traceId)}${span}`
}
