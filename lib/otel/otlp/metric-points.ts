import { writeAttributes } from './attributes'
import { writeExemplars } from './exemplars'
import {
  point,
  type ScanPoint,
  scanExponential,
  scanHistogram,
  scanNumber,
  scanSummary,
  zigzag,
} from './metric-point'
import { Ranges } from './ranges'
import type { RowWriter } from './row-writer'
import { writeTime } from './span-lists'
import type { TableName } from './tables'
import { WireError, type WireReader } from './wire-reader'

/** One kind of data point: how to read it and how to write its columns after the metric's own. */
export interface PointWriter {
  readonly table: TableName
  readonly scan: ScanPoint
  write(writer: RowWriter, reader: WireReader, temporality: number, monotonic: number): void
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
  [42, { table: 'otel_metrics_gauge', scan: scanNumber, write: write.gauge }],
  [58, { table: 'otel_metrics_sum', scan: scanNumber, write: write.sum }],
  [74, { table: 'otel_metrics_histogram', scan: scanHistogram, write: write.histogram }],
  [82, { table: 'otel_metrics_exponential_histogram', scan: scanExponential, write: write.exponential }],
  [90, { table: 'otel_metrics_summary', scan: scanSummary, write: write.summary }],
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
