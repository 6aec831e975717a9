import { clockParts, type Zone } from './clock'
import { parseTime } from './range'
import type { TextRange } from './text-range'

const UNIT = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', ms: 'millisecond' } as const
const SHORT = { s: 's', m: 'min', h: 'h', d: 'd', w: 'wk', ms: 'ms' } as const

/** `Last 30 min`, `20 Nov 09:00 – 10:00`, … for the button of the picker. */
export function rangeLabel(range: TextRange, zone: Zone, nowMs: number): string {
  const last = lastAmount(range)
  if (last) return `Last ${last.amount} ${SHORT[last.unit]}`
  const from = parseTime(range.from, nowMs)
  const to = parseTime(range.to, nowMs)
  if (from === null || to === null) return 'Unreadable time'
  const left = range.from.startsWith('now') ? range.from : moment(from, zone)
  if (range.to === 'now') return `${left} – now`
  if (range.to.startsWith('now') || range.from.startsWith('now')) return `${left} – ${range.to}`
  const start = clockParts(from, zone)
  const end = clockParts(to, zone)
  const seconds = !(start.time.endsWith(':00') && end.time.endsWith(':00'))
  const time = (text: string) => (seconds ? text : text.slice(0, 5))
  return start.date === end.date
    ? `${shortDate(start.date)} ${time(start.time)} – ${time(end.time)}`
    : `${shortDate(start.date)} ${time(start.time)} – ${shortDate(end.date)} ${time(end.time)}`
}

/** `the last 30 minutes`, for sentences. */
export function rangeInWords(range: TextRange, zone: Zone, nowMs: number): string {
  const last = lastAmount(range)
  if (!last) return rangeLabel(range, zone, nowMs)
  return last.amount === 1 ? `the last ${UNIT[last.unit]}` : `the last ${last.amount} ${UNIT[last.unit]}s`
}

function lastAmount(range: TextRange): { amount: number; unit: keyof typeof UNIT } | null {
  const match = /^now-(\d+)(ms|s|m|h|d|w)$/.exec(range.from)
  if (!match || range.to !== 'now') return null
  return { amount: Number(match[1]), unit: match[2] as keyof typeof UNIT }
}

function moment(nanos: bigint, zone: Zone): string {
  const parts = clockParts(nanos, zone)
  return `${shortDate(parts.date)} ${parts.time.slice(0, 5)}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `20 Nov`. */
export function shortDate(date: string): string {
  const [, month, day] = date.split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month}`
}
