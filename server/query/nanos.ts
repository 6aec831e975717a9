import type { Nanos, TimeRange } from '@/lib/time/range'

/** Math.min and Math.max do not take bigint. */
export function earliest(first: Nanos, ...others: readonly Nanos[]): Nanos {
  let least = first
  for (const other of others) if (other < least) least = other
  return least
}

export function latest(first: Nanos, ...others: readonly Nanos[]): Nanos {
  let most = first
  for (const other of others) if (other > most) most = other
  return most
}

/** May be empty (from ≥ to). */
export function intersection(a: TimeRange, b: TimeRange): TimeRange {
  return { from: latest(a.from, b.from), to: earliest(a.to, b.to) }
}
