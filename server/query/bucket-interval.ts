import type { TimeRange } from '@/lib/time/range'

const MS = 1_000_000n
const S = 1000n * MS
const M = 60n * S
const H = 60n * M
const D = 24n * H

/** Lengths that people read easily and that line up with the clock. */
const NICE: readonly bigint[] = [
  ...[1n, 2n, 5n, 10n, 20n, 50n, 100n, 200n, 500n].map((n) => n * MS),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((n) => n * S),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((n) => n * M),
  ...[1n, 2n, 3n, 6n, 12n].map((n) => n * H),
  ...[1n, 2n, 7n, 14n, 28n, 56n, 112n, 224n, 448n].map((n) => n * D),
]

/** The shortest nice interval, in ns, that needs at most about `buckets` buckets. */
export function bucketInterval(range: TimeRange, buckets: number): bigint {
  const length = range.to - range.from
  return NICE.find((interval) => interval * BigInt(buckets) >= length) ?? length / BigInt(buckets) + 1n
}

/** Starts of the buckets that touch the range, aligned to the epoch; the first may begin before it. */
export function bucketStarts(range: TimeRange, interval: bigint): bigint[] {
  const starts: bigint[] = []
  for (let at = range.from - (range.from % interval); at < range.to; at += interval) starts.push(at)
  return starts
}
