import type { TableCapability } from '@/lib/otel/capability'
import { or, type Sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { timeBounds } from './time-bounds'

const SLICES = 16n

/** A sample by time: slices spread evenly over the range, which the primary index can jump to. */
export interface TimeSample {
  readonly slices: readonly TimeRange[]
  /** Counts in the sample times this are estimates for the range. */
  readonly factor: number
}

/** About `fraction` (0…1) of the range, in at most 16 slices. */
export function timeSample(range: TimeRange, fraction: number): TimeSample {
  const length = range.to - range.from
  const each = BigInt(Math.max(1, Math.floor((Number(length) * fraction) / Number(SLICES))))
  const stride = length / SLICES
  if (fraction >= 1 || stride <= each) return { slices: [range], factor: 1 }
  const slices = Array.from({ length: Number(SLICES) }, (_, i) => {
    // The middle of each stride: the edges of a range are where data is incomplete.
    const start = range.from + stride * BigInt(i) + (stride - each) / 2n
    return { from: start, to: start + each }
  })
  return { slices, factor: Number(length) / Number(each * SLICES) }
}

export function sampleBounds(table: TableCapability, sample: TimeSample): Sql {
  return or(sample.slices.map((slice) => timeBounds(table, slice)))
}
