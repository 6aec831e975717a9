import type { TimeRange } from '@/lib/time/range'

const MINUTE = 60_000_000_000n
const HOUR = 60n * MINUTE

/**
 * Lengths of the first windows; after them each is twice the one before. A table that lies in order of time is
 * read in that order and left as soon as the page is full, so its windows may be wide; in any other table the
 * window alone bounds what is read.
 */
const LENGTHS = {
  inTimeOrder: [15n * MINUTE, 24n * HOUR],
  otherwise: [MINUTE, 15n * MINUTE, 6n * HOUR, 6n * HOUR, 12n * HOUR, 24n * HOUR],
} as const
export type Layout = keyof typeof LENGTHS

/**
 * Cuts a range into windows that grow, newest first (`desc`) or oldest first: a page of a busy table is found
 * in the first, small one, and a rare record costs few queries. The windows cover the range exactly.
 * A later page starts at the size that the one before it ended with: `first`.
 */
export function* windows(
  range: TimeRange,
  order: 'asc' | 'desc',
  layout: Layout,
  first = 0,
): Generator<TimeRange> {
  const lengths = LENGTHS[layout]
  let { from, to } = range
  for (let i = first; from < to; i++) {
    const length = lengths[i] ?? 24n * HOUR * 2n ** BigInt(i - lengths.length + 1)
    if (order === 'desc') {
      // A rest shorter than half a window is not worth a query of its own.
      const start = to - from <= length + length / 2n ? from : to - length
      yield { from: start, to }
      to = start
    } else {
      const end = to - from <= length + length / 2n ? to : from + length
      yield { from, to: end }
      from = end
    }
  }
}
