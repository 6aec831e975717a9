import type { SearchRow } from '@/lib/api/search'

/** A value of a row as text: what is shown, copied and filtered by. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

export function cellText(row: SearchRow, field: string): string {
  return Object.hasOwn(row, field) ? textOf(row[field]) : ''
}

/** Line breaks and other control characters would make a row unreadable; the drawer shows them as they are. */
export function oneLine(text: string): string {
  return text.length > 2000 ? `${plain(text.slice(0, 2000))}…` : plain(text)
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** Link to the trace of a row, at its span; null when the row belongs to no trace. */
export function traceLink(row: SearchRow): string | null {
  const traceId = cellText(row, 'TraceId')
  if (!/^[0-9a-f]{32}$/i.test(traceId) || /^0+$/.test(traceId)) return null
  const spanId = cellText(row, 'SpanId')
  return `/trace/${traceId}${spanId ? `?span=${encodeURIComponent(spanId)}` : ''}`
}
