import type { DecodeClock, Decoded } from './decoded'
import { POINT_WRITERS, type PointWriter } from './metric-points'
import { Ranges } from './ranges'
import { RecordError } from './record-error'
import { readSlice, type Slice } from './resource'
import type { RowSink } from './row-sink'
import { RowWriter } from './row-writer'
import { decodeRequest, type SignalWriter } from './walk'
import type { WireReader } from './wire-reader'

/** ExportMetricsServiceRequest → rows of the five metric tables, one per data point. @throws WireError */
export function decodeMetrics(bytes: Uint8Array, clock: DecodeClock): Decoded {
  return decodeRequest(bytes, clock, metricWriter)
}

const shared = new RowWriter()
const head = new RowWriter()
const points = new Ranges()

const metricWriter: SignalWriter = {
  scope({ resource, scope, resourceSchemaUrl, scopeSchemaUrl }) {
    shared.clear()
    shared.block(resource.attributes)
    shared.block(resource.service)
    shared.block(resourceSchemaUrl)
    shared.block(scope.nameAndVersion)
    shared.block(scope.attributes)
    shared.u32(scope.droppedAttributes)
    shared.block(scopeSchemaUrl)
  },
  count(reader, from, to) {
    const metric = scanMetric(reader, from, to)
    if (metric.points === null) return 0
    scanData(reader, metric.data)
    return points.length
  },
  record: writeMetric,
}

/** What the last scan found: one metric at a time. */
const metric = {
  name: { from: 0, to: 0 },
  description: { from: 0, to: 0 },
  unit: { from: 0, to: 0 },
  data: { from: 0, to: 0 },
  points: null as PointWriter | null,
}
const data = { temporality: 0, monotonic: 0 }

function writeMetric(reader: WireReader, from: number, to: number, sink: RowSink): void {
  scanMetric(reader, from, to)
  // A metric of no type, or of a type that did not exist when this was written, has nothing to store.
  if (metric.points === null) return
  scanData(reader, metric.data)
  head.clear()
  head.block(shared)
  for (const { from, to } of [metric.name, metric.description, metric.unit]) head.text(reader.bytes, from, to)
  for (let i = 0; i < points.length; i++) {
    writePoint(reader, metric.points, points.from[i]!, points.to[i]!, sink)
  }
}

function writePoint(reader: WireReader, kind: PointWriter, from: number, to: number, sink: RowSink): void {
  const point = kind.scan(reader, from, to)
  const writer = sink.writer(kind.table, point.timeLow, point.timeHigh)
  const rowStart = writer.pos
  try {
    writer.block(head)
    kind.write(writer, reader, data.temporality, data.monotonic)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    writer.pos = rowStart
    sink.reject(error)
    return
  }
  sink.accept(writer, point.timeHigh)
}

function scanMetric(reader: WireReader, from: number, to: number): typeof metric {
  for (const slice of [metric.name, metric.description, metric.unit, metric.data])
    slice.from = slice.to = from
  metric.points = null
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    const text: Slice | null =
      tag === 10 ? metric.name : tag === 18 ? metric.description : tag === 26 ? metric.unit : null
    const kind = POINT_WRITERS.get(tag)
    if (text !== null) readSlice(reader, to, text)
    else if (kind !== undefined) {
      readSlice(reader, to, metric.data)
      metric.points = kind
    } else reader.skip(tag, to)
  }
  reader.finish(to)
  return metric
}

/** Gauge, Sum, Histogram … alike: 1 data_points, 2 aggregation_temporality, 3 is_monotonic. */
function scanData(reader: WireReader, { from, to }: Slice): void {
  points.clear()
  data.temporality = 0
  data.monotonic = 0
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    if (tag === 10) {
      const stop = reader.endOfField(to)
      points.add(reader.pos, stop)
      reader.pos = stop
    } else if (tag === 16) {
      reader.varint()
      data.temporality = reader.lo
    } else if (tag === 24) {
      reader.varint()
      data.monotonic = (reader.lo | reader.hi) === 0 ? 0 : 1
    } else reader.skip(tag, to)
  }
  reader.finish(to)
}
