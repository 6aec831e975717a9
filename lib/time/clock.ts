import type { Nanos } from './range'

/** `local` is the zone of the browser. */
export type Zone = 'local' | 'utc'

const NANOS_PER_MS = 1_000_000n

export interface ClockParts {
  /** `2026-11-20` */
  readonly date: string
  /** `09:49:59` */
  readonly time: string
  /** Nine digits. */
  readonly fraction: string
}

/** A point in time as it stands on the wall in that zone, to the nanosecond. */
export function clockParts(nanos: Nanos, zone: Zone): ClockParts {
  let ms = nanos / NANOS_PER_MS
  let rest = nanos % NANOS_PER_MS
  if (rest < 0n) {
    ms -= 1n
    rest += NANOS_PER_MS
  }
  const date = new Date(Number(ms))
  const [year, month, day, hour, minute, second] =
    zone === 'utc'
      ? [
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
        ]
      : [
          date.getFullYear(),
          date.getMonth() + 1,
          date.getDate(),
          date.getHours(),
          date.getMinutes(),
          date.getSeconds(),
        ]
  return {
    date: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`,
    time: `${two(hour)}:${two(minute)}:${two(second)}`,
    fraction: String(date.getUTCMilliseconds()).padStart(3, '0') + rest.toString().padStart(6, '0'),
  }
}

/** `2026-11-20 09:49:59.662612345`; `digits` of the fraction, 0 leaves the point out. */
export function formatDateTime(nanos: Nanos, zone: Zone, digits = 9): string {
  const { date, time, fraction } = clockParts(nanos, zone)
  return digits === 0 ? `${date} ${time}` : `${date} ${time}.${fraction.slice(0, digits)}`
}

/** The point in time at which a clock in that zone shows this. Out-of-range parts roll over, as Date does. */
export function fromClock(
  zone: Zone,
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number {
  return zone === 'utc'
    ? Date.UTC(year, month - 1, day, hour, minute, second)
    : new Date(year, month - 1, day, hour, minute, second).getTime()
}

function two(value: number | undefined): string {
  return String(value ?? 0).padStart(2, '0')
}
