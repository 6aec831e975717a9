/** Times are nanoseconds since the epoch, as bigint. Ranges are half-open: [from, to). */
export type Nanos = bigint

export interface TimeRange {
  readonly from: Nanos
  readonly to: Nanos
}

const NANOS_PER_MS = 1_000_000n

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/**
 * Reads a point in time as the API and the time picker take it: ISO 8601 (without a zone: UTC; up to nine
 * decimals), epoch milliseconds, `now`, or `now-15m` / `now+1h` with units ms s m h d w.
 * @returns null when the text is none of these.
 */
export function parseTime(text: string | number, nowMs: number): Nanos | null {
  if (typeof text === 'number') {
    return Number.isFinite(text) ? BigInt(Math.trunc(text)) * NANOS_PER_MS : null
  }
  const trimmed = text.trim()
  const relative = /^now(?:([+-])(\d{1,9})(ms|s|m|h|d|w))?$/.exec(trimmed)
  if (relative) {
    const [, sign, amount, unit] = relative
    if (!sign) return BigInt(nowMs) * NANOS_PER_MS
    const delta = Number(amount) * (UNIT_MS[unit!] ?? 0)
    return BigInt(sign === '-' ? nowMs - delta : nowMs + delta) * NANOS_PER_MS
  }
  if (/^-?\d{1,15}$/.test(trimmed)) return BigInt(trimmed) * NANOS_PER_MS
  return parseIso(trimmed)
}

/** `2026-11-20`, `2026-11-20T09:00`, `2026-11-20 09:00:00.123456789Z`, `…+02:00`. Null when malformed. */
export function parseIso(text: string): Nanos | null {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      text,
    )
  if (!match) return null
  const [, date, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  const ms = Date.parse(`${date}T${minutes}:${seconds}${offset}`)
  // Date.parse rolls 31 February over to March: refuse what does not come back as it went in.
  if (Number.isNaN(ms) || new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) return null
  return BigInt(ms) * NANOS_PER_MS + BigInt(fraction.padEnd(9, '0'))
}

/** `2026-11-20T09:00:00.123456789Z`: always nine decimals, always UTC. */
export function formatIso(nanos: Nanos): string {
  let ms = nanos / NANOS_PER_MS
  let rest = nanos % NANOS_PER_MS
  if (rest < 0n) {
    ms -= 1n
    rest += NANOS_PER_MS
  }
  const iso = new Date(Number(ms)).toISOString()
  return `${iso.slice(0, -1)}${rest.toString().padStart(6, '0')}Z`
}

export function nanosToMs(nanos: Nanos): number {
  return Number(nanos / NANOS_PER_MS)
}

export function msToNanos(ms: number): Nanos {
  return BigInt(Math.round(ms)) * NANOS_PER_MS
}
