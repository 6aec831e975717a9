import { fromClock, type Zone } from './clock'
import { parseIso } from './range'
import type { TextRange } from './text-range'

interface Context {
  readonly nowMs: number
  /** Times without a zone of their own are read in this one. */
  readonly zone: Zone
}

const UNITS: Readonly<Record<string, string>> = {
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  m: 'm',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  h: 'h',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  d: 'd',
  day: 'd',
  days: 'd',
  w: 'w',
  week: 'w',
  weeks: 'w',
}

/**
 * Reads what a person types into the time picker: `last 2h`, `15m`, `past 3 days`, `today`, `yesterday`,
 * `this week`, `since 09:00`, `09:00 to 10:00`, `2026-11-20 09:00 to 10:00`, `2026-11-20`, `now-2h to now-1h`,
 * two ISO times, epoch seconds or milliseconds.
 * @returns null when it is none of these, or the range would be empty.
 */
export function parseTypedRange(text: string, context: Context): TextRange | null {
  const clean = text.trim().replace(/\s+/g, ' ').toLowerCase()
  return lastRange(clean) ?? namedRange(clean, context) ?? betweenRange(clean, context)
}

function lastRange(text: string): TextRange | null {
  const match = /^(?:(?:the )?(?:last|past)\s?)?(\d{1,6})?\s?([a-z]+)(?: ago)?$/.exec(text)
  const unit = match?.[2] === undefined ? undefined : UNITS[match[2]]
  if (!match || !unit) return null
  if (match[1] === undefined && !/last|past/.test(text)) return null
  const amount = Number(match[1] ?? 1)
  return amount > 0 ? { from: `now-${amount}${unit}`, to: 'now' } : null
}

function namedRange(text: string, { nowMs, zone }: Context): TextRange | null {
  const [year, month, day] = dayOf(nowMs, zone)
  const at = (offset: number) => iso(fromClock(zone, year, month, day + offset))
  if (text === 'today') return { from: at(0), to: at(1) }
  if (text === 'yesterday') return { from: at(-1), to: at(0) }
  if (text === 'this week') {
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
    return { from: at(-((weekday + 6) % 7)), to: 'now' }
  }
  return null
}

function betweenRange(text: string, context: Context): TextRange | null {
  const since = /^(?:since|from|after) (.+)$/.exec(text)
  const parts = text.split(/ (?:to|until|till|–|—|-) | ?(?:–|—|\.\.) ?/)
  if (parts.length === 2) {
    const from = moment(strip(parts[0]!), context, null)
    const to = from && moment(strip(parts[1]!), context, from)
    return from && to ? ordered(from, to) : null
  }
  if (since) {
    const from = moment(since[1]!, context, null)
    return from ? ordered(from, { text: 'now', ms: context.nowMs, day: null }) : null
  }
  // A day alone means all of it.
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!day || parseIso(text) === null) return null
  const [year, month, date] = [Number(day[1]), Number(day[2]), Number(day[3])]
  return {
    from: iso(fromClock(context.zone, year, month, date)),
    to: iso(fromClock(context.zone, year, month, date + 1)),
  }
}

interface Moment {
  readonly text: string
  readonly ms: number
  /** The day it names, which a bare time after "to" takes over. */
  readonly day: readonly [number, number, number] | null
}

function moment(text: string, { nowMs, zone }: Context, before: Moment | null): Moment | null {
  const relative = /^now(?:([+-])(\d{1,6})(s|m|h|d|w))?$/.exec(text)
  if (relative) {
    const size = { s: 1e3, m: 6e4, h: 3.6e6, d: 8.64e7, w: 6.048e8 }[relative[3] ?? 's'] ?? 0
    const delta = Number(relative[2] ?? 0) * size * (relative[1] === '-' ? -1 : 1)
    return { text, ms: nowMs + delta, day: null }
  }
  if (/^\d{10}$|^\d{13}$/.test(text)) return fixed(Number(text) * (text.length === 10 ? 1000 : 1), null)
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (time) {
    const day = before?.day ?? dayOf(nowMs, zone)
    const [hour, minute, second] = [Number(time[1]), Number(time[2]), Number(time[3] ?? 0)]
    if (hour > 24 || minute > 59 || second > 59) return null
    return fixed(fromClock(zone, ...day, hour, minute, second), day)
  }
  const upper = text.toUpperCase()
  const nanos = parseIso(upper)
  if (nanos === null) return null
  if (/(Z|[+-]\d{2}:?\d{2})$/.test(upper.slice(10))) return fixed(Number(nanos / 1_000_000n), null)
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(upper)
  if (!parts) return null
  const day = [Number(parts[1]), Number(parts[2]), Number(parts[3])] as const
  const base = fromClock(zone, ...day, Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0))
  const millis = Number((nanos / 1_000_000n) % 1000n)
  return fixed(base + millis, day)
}

function fixed(ms: number, day: Moment['day']): Moment {
  return { text: iso(ms), ms, day }
}

function ordered(from: Moment, to: Moment): TextRange | null {
  return from.ms < to.ms ? { from: from.text, to: to.text } : null
}

function dayOf(ms: number, zone: Zone): readonly [number, number, number] {
  const date = new Date(ms)
  return zone === 'utc'
    ? [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
    : [date.getFullYear(), date.getMonth() + 1, date.getDate()]
}

function strip(text: string): string {
  return text.replace(/^(?:from|between) /, '').trim()
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
