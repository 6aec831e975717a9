import { int64Number } from './number-text'
import { Ranges } from './ranges'
import type { WireReader } from './wire-reader'

/** The data point at hand: all kinds share one, since only one is worked on at a time. */
export class Point {
  startLow = 0
  startHigh = 0
  timeLow = 0
  timeHigh = 0
  flags = 0
  value = 0
  countLow = 0
  countHigh = 0
  sum = 0
  min = 0
  max = 0
  scale = 0
  zeroLow = 0
  zeroHigh = 0
  positiveFrom = 0
  positiveTo = 0
  negativeFrom = 0
  negativeTo = 0
  readonly attributes = new Ranges()
  readonly exemplars = new Ranges()
  readonly buckets = new Ranges()
  readonly bounds = new Ranges()
  readonly quantiles = new Ranges()

  clear(): void {
    this.startLow = this.startHigh = this.timeLow = this.timeHigh = this.flags = this.value = 0
    this.countLow = this.countHigh = this.sum = this.min = this.max = this.scale = 0
    this.zeroLow = this.zeroHigh = 0
    this.positiveFrom = this.positiveTo = this.negativeFrom = this.negativeTo = 0
    for (const list of [this.attributes, this.exemplars, this.buckets, this.bounds, this.quantiles])
      list.clear()
  }
}

export const point = new Point()

/** Reads one field into the point. The same field has other numbers in other kinds. */
type FieldReader = (reader: WireReader, end: number) => void

const list =
  (into: Ranges): FieldReader =>
  (reader, end) => {
    const stop = reader.endOfField(end)
    into.add(reader.pos, stop)
    reader.pos = stop
  }

/** An element of a packed field that was sent unpacked. */
const unpacked =
  (into: Ranges): FieldReader =>
  (reader, end) => {
    const from = reader.pos
    reader.fixed64(end)
    into.add(from, from + 8)
  }

const start: FieldReader = (reader, end) => {
  reader.fixed64(end)
  point.startLow = reader.lo
  point.startHigh = reader.hi
}
const time: FieldReader = (reader, end) => {
  reader.fixed64(end)
  const late = reader.hi > 0x7fffffff
  point.timeLow = late ? 0xffffffff : reader.lo
  point.timeHigh = late ? 0x7fffffff : reader.hi
}
const flags: FieldReader = (reader) => {
  reader.varint()
  point.flags = reader.lo
}
const count: FieldReader = (reader, end) => {
  reader.fixed64(end)
  point.countLow = reader.lo
  point.countHigh = reader.hi
}
const attributes = list(point.attributes)
const exemplars = list(point.exemplars)

const NUMBER: Readonly<Record<number, FieldReader>> = {
  17: start,
  25: time,
  58: attributes,
  42: exemplars,
  64: flags,
  33: (reader, end) => {
    point.value = reader.double(end)
  },
  49: (reader, end) => {
    reader.fixed64(end)
    point.value = int64Number(reader.lo, reader.hi)
  },
}

const sum: FieldReader = (reader, end) => {
  point.sum = reader.double(end)
}
const min: FieldReader = (reader, end) => {
  point.min = reader.double(end)
}
const max: FieldReader = (reader, end) => {
  point.max = reader.double(end)
}

const HISTOGRAM: Readonly<Record<number, FieldReader>> = {
  17: start,
  25: time,
  74: attributes,
  66: exemplars,
  80: flags,
  33: count,
  41: sum,
  50: list(point.buckets),
  49: unpacked(point.buckets),
  58: list(point.bounds),
  57: unpacked(point.bounds),
  89: min,
  97: max,
}

const EXPONENTIAL: Readonly<Record<number, FieldReader>> = {
  17: start,
  25: time,
  10: attributes,
  90: exemplars,
  80: flags,
  33: count,
  41: sum,
  48: (reader) => {
    reader.varint()
    point.scale = zigzag(reader.lo)
  },
  57: (reader, end) => {
    reader.fixed64(end)
    point.zeroLow = reader.lo
    point.zeroHigh = reader.hi
  },
  66: (reader, end) => {
    point.positiveTo = reader.endOfField(end)
    point.positiveFrom = reader.pos
    reader.pos = point.positiveTo
  },
  74: (reader, end) => {
    point.negativeTo = reader.endOfField(end)
    point.negativeFrom = reader.pos
    reader.pos = point.negativeTo
  },
  97: min,
  105: max,
}

const SUMMARY: Readonly<Record<number, FieldReader>> = {
  17: start,
  25: time,
  58: attributes,
  64: flags,
  33: count,
  41: sum,
  50: list(point.quantiles),
}

export type ScanPoint = (reader: WireReader, from: number, to: number) => Point

function scanner(fields: Readonly<Record<number, FieldReader>>): ScanPoint {
  return (reader, from, to) => {
    point.clear()
    reader.pos = from
    while (reader.pos < to) {
      const tag = reader.tag()
      const read = fields[tag]
      if (read) read(reader, to)
      else reader.skip(tag, to)
    }
    reader.finish(to)
    return point
  }
}

export const scanNumber = scanner(NUMBER)
export const scanHistogram = scanner(HISTOGRAM)
export const scanExponential = scanner(EXPONENTIAL)
export const scanSummary = scanner(SUMMARY)

/** sint32: the sign is the lowest bit. */
export function zigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1)
}
