import { ProblemError } from '@/lib/api/problem-error'
import { type Nanos, parseTime, type TimeRange } from '@/lib/time/range'
import { earliest, latest } from './nanos'

/** Key expressions such as toStartOfFiveMinutes are 32-bit: a bound outside of them would wrap around. */
const EARLIEST: Nanos = 0n
export const LATEST: Nanos = 4_294_967_000n * 1_000_000_000n

/** @throws ProblemError `invalid_request` when a bound cannot be read or from ≥ to. */
export function resolveRange(
  input: { readonly from: string | number; readonly to: string | number },
  nowMs: number,
): TimeRange {
  const from = resolveTime('from', input.from, nowMs)
  const to = resolveTime('to', input.to, nowMs)
  if (from >= to) {
    throw new ProblemError('invalid_request', 'from is not before to.', {
      hint: 'Give a time range whose start lies before its end, such as from "now-15m" to "now".',
    })
  }
  return { from, to }
}

export function resolveTime(name: string, text: string | number, nowMs: number): Nanos {
  const time = parseTime(text, nowMs)
  if (time === null) {
    throw new ProblemError(
      'invalid_request',
      `${name} is not a time: ${JSON.stringify(text).slice(0, 80)}.`,
      {
        hint: 'Use ISO 8601 such as 2026-11-20T09:00:00Z, epoch milliseconds, or now-15m.',
      },
    )
  }
  return latest(EARLIEST, earliest(LATEST, time))
}
