import { writeAttributes } from './attributes'
import { writeExemplars } from './exemplars'
import { int64Number } from './number-text'
import { Ranges } from './ranges'
import type { RowWriter } from './row-writer'
import { writeTime } from './span-lists'
import type { TableName } from './tables'
import { WireError, type WireReader } from './wire-reader'

/** One kind of data point: how to read it and how to write its columns after the metric's own. */
export interface PointWriter {
  readonly table: TableName
  scan(reader: WireReader, from: number, to: number): Point
  write(writer: RowWriter, reader: WireReader, temporality: number, monotonic: number): void
}

/** The data point at hand: all kinds share one, since only one is worked on at a time. */
class Point {
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

const point = new Point()

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

function scanner(fields: Readonly<Record<number, FieldReader>>): PointWriter['scan'] {
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

/** Attributes, StartTimeUnix, TimeUnix, Flags: the columns that all kinds begin with. */
function writeCommon(writer: RowWriter, reader: WireReader): void {
  writeAttributes(writer, reader, point.attributes)
  writeTime(writer, point.startLow, point.startHigh)
  writer.u64(point.timeLow, point.timeHigh)
  writer.u32(point.flags)
}

const write: Readonly<
  Record<'gauge' | 'sum' | 'histogram' | 'exponential' | 'summary', PointWriter['write']>
> = {
  gauge(writer, reader) {
    writeCommon(writer, reader)
    writer.f64(point.value)
    writeExemplars(writer, reader, point.exemplars)
  },
  sum(writer, reader, temporality, monotonic) {
    writeCommon(writer, reader)
    writer.u32(temporality)
    writer.u8(monotonic)
    writer.f64(point.value)
    writeExemplars(writer, reader, point.exemplars)
  },
  histogram(writer, reader, temporality) {
    writeCommon(writer, reader)
    writer.u32(temporality)
    writer.u64(point.countLow, point.countHigh)
    writer.f64(point.sum)
    writeWords(writer, reader, point.buckets)
    writeWords(writer, reader, point.bounds)
    writer.f64(point.min)
    writer.f64(point.max)
    writeExemplars(writer, reader, point.exemplars)
  },
  exponential(writer, reader, temporality) {
    writeCommon(writer, reader)
    writer.u32(temporality)
    writer.u64(point.countLow, point.countHigh)
    writer.f64(point.sum)
    writer.u32(point.scale)
    writer.u64(point.zeroLow, point.zeroHigh)
    writeBuckets(writer, reader, point.positiveFrom, point.positiveTo)
    writeBuckets(writer, reader, point.negativeFrom, point.negativeTo)
    writer.f64(point.min)
    writer.f64(point.max)
    writeExemplars(writer, reader, point.exemplars)
  },
  summary(writer, reader) {
    writeCommon(writer, reader)
    writer.u64(point.countLow, point.countHigh)
    writer.f64(point.sum)
    writeQuantiles(writer, reader, 9)
    writeQuantiles(writer, reader, 17)
  },
}

/** By the field of Metric that holds the data: 5 gauge, 7 sum, 9 histogram, 10 exponential, 11 summary. */
export const POINT_WRITERS: ReadonlyMap<number, PointWriter> = new Map([
  [42, { table: 'otel_metrics_gauge', scan: scanner(NUMBER), write: write.gauge }],
  [58, { table: 'otel_metrics_sum', scan: scanner(NUMBER), write: write.sum }],
  [74, { table: 'otel_metrics_histogram', scan: scanner(HISTOGRAM), write: write.histogram }],
  [82, { table: 'otel_metrics_exponential_histogram', scan: scanner(EXPONENTIAL), write: write.exponential }],
  [90, { table: 'otel_metrics_summary', scan: scanner(SUMMARY), write: write.summary }],
])

/** An array of 8-byte values: fixed64 and double look on the wire as they do in RowBinary. */
function writeWords(writer: RowWriter, reader: WireReader, words: Ranges): void {
  let bytes = 0
  for (let i = 0; i < words.length; i++) {
    const length = words.to[i]! - words.from[i]!
    if (length % 8 !== 0) throw new WireError(`a packed list of ${length} bytes is not of 64-bit values`)
    bytes += length
  }
  writer.varint(bytes / 8)
  for (let i = 0; i < words.length; i++) writer.raw(reader.bytes, words.from[i]!, words.to[i]!)
}

const packedCounts = new Ranges()

/** Buckets: 1 offset (sint32), 2 bucket_counts (uint64, packed or not) → an Int32 and an Array(UInt64). */
function writeBuckets(writer: RowWriter, reader: WireReader, from: number, to: number): void {
  let offset = 0
  let counts = 0
  packedCounts.clear()
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    if (tag === 8) {
      reader.varint()
      offset = zigzag(reader.lo)
    } else if (tag === 18 || tag === 16) {
      const stop = tag === 18 ? reader.endOfField(to) : to
      const first = reader.pos
      while (reader.pos < stop) {
        reader.varint()
        counts++
        if (tag === 16) break
      }
      packedCounts.add(first, reader.pos)
    } else reader.skip(tag, to)
  }
  reader.finish(to)
  writer.u32(offset)
  writer.varint(counts)
  for (let i = 0; i < packedCounts.length; i++) {
    reader.pos = packedCounts.from[i]!
    while (reader.pos < packedCounts.to[i]!) {
      reader.varint()
      writer.u64(reader.lo, reader.hi)
    }
  }
}

/** ValueAtQuantile: 1 quantile, 2 value; one of the two as an array. */
function writeQuantiles(writer: RowWriter, reader: WireReader, field: number): void {
  const { quantiles } = point
  writer.varint(quantiles.length)
  for (let i = 0; i < quantiles.length; i++) {
    const to = quantiles.to[i]!
    let value = 0
    reader.pos = quantiles.from[i]!
    while (reader.pos < to) {
      const tag = reader.tag()
      if (tag === field) value = reader.double(to)
      else reader.skip(tag, to)
    }
    reader.finish(to)
    writer.f64(value)
  }
}

function zigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1)
}
