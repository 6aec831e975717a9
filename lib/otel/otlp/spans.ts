import { writeAttributes } from './attributes'
import type { DecodeClock, Decoded } from './decoded'
import { isId, writeOptionalId } from './ids'
import { Ranges } from './ranges'
import { RecordError } from './record-error'
import type { RowSink } from './row-sink'
import { RowWriter } from './row-writer'
import { writeEvents, writeLinks } from './span-lists'
import { decodeRequest, type SignalWriter } from './walk'
import type { WireReader } from './wire-reader'

const KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer']
const STATUSES = ['Unset', 'Ok', 'Error']

/** ExportTraceServiceRequest → rows of otel_traces. @throws WireError */
export function decodeTraces(bytes: Uint8Array, clock: DecodeClock): Decoded {
  return decodeRequest(bytes, clock, spanWriter)
}

const shared = new RowWriter()
const attributes = new Ranges()
const events = new Ranges()
const links = new Ranges()

const spanWriter: SignalWriter = {
  scope({ resource, scope }) {
    shared.clear()
    shared.block(resource.attributes)
    shared.block(resource.service)
    shared.block(scope.nameAndVersion)
  },
  count: () => 1,
  record: writeSpan,
}

function writeSpan(reader: WireReader, from: number, to: number, sink: RowSink): void {
  const { bytes } = reader
  let trace0 = 0,
    trace1 = 0
  let span0 = 0,
    span1 = 0
  let parent0 = 0,
    parent1 = 0
  let state0 = 0,
    state1 = 0
  let name0 = 0,
    name1 = 0
  let message0 = 0,
    message1 = 0
  let startLow = 0,
    startHigh = 0
  let endLow = 0,
    endHigh = 0
  let kind = 0
  let status = 0
  attributes.clear()
  events.clear()
  links.clear()
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        trace1 = reader.endOfField(to)
        trace0 = reader.pos
        reader.pos = trace1
        break
      case 18:
        span1 = reader.endOfField(to)
        span0 = reader.pos
        reader.pos = span1
        break
      case 26:
        state1 = reader.endOfField(to)
        state0 = reader.pos
        reader.pos = state1
        break
      case 34:
        parent1 = reader.endOfField(to)
        parent0 = reader.pos
        reader.pos = parent1
        break
      case 42:
        name1 = reader.endOfField(to)
        name0 = reader.pos
        reader.pos = name1
        break
      case 48:
        reader.varint()
        kind = reader.lo
        break
      case 57:
        reader.fixed64(to)
        startLow = reader.lo
        startHigh = reader.hi
        break
      case 65:
        reader.fixed64(to)
        endLow = reader.lo
        endHigh = reader.hi
        break
      case 74: {
        const stop = reader.endOfField(to)
        attributes.add(reader.pos, stop)
        reader.pos = stop
        break
      }
      case 90: {
        const stop = reader.endOfField(to)
        events.add(reader.pos, stop)
        reader.pos = stop
        break
      }
      case 106: {
        const stop = reader.endOfField(to)
        links.add(reader.pos, stop)
        reader.pos = stop
        break
      }
      case 122: {
        const stop = reader.endOfField(to)
        while (reader.pos < stop) {
          const inner = reader.tag()
          if (inner === 18) {
            message1 = reader.endOfField(stop)
            message0 = reader.pos
            reader.pos = message1
          } else if (inner === 24) {
            reader.varint()
            status = reader.lo
          } else reader.skip(inner, stop)
        }
        reader.finish(stop)
        break
      }
      default:
        reader.skip(tag, to)
    }
  }
  reader.finish(to)

  if (!isId(bytes, trace0, trace1, 16)) {
    sink.reject(BAD_TRACE_ID)
    return
  }
  if (!isId(bytes, span0, span1, 8)) {
    sink.reject(BAD_SPAN_ID)
    return
  }
  if (startHigh > 0x7fffffff) {
    startHigh = 0x7fffffff
    startLow = 0xffffffff
  }
  const writer = sink.writer('otel_traces', startLow, startHigh)
  const rowStart = writer.pos
  try {
    writer.block(shared)
    writer.u64(startLow, startHigh)
    writer.hex(bytes, trace0, trace1)
    writer.hex(bytes, span0, span1)
    writeOptionalId(writer, bytes, parent0, parent1, 8)
    writer.text(bytes, state0, state1)
    writer.text(bytes, name0, name1)
    writer.string(KINDS[kind] ?? 'Unspecified')
    writeAttributes(writer, reader, attributes)
    writeDuration(writer, startLow, startHigh, endLow, endHigh)
    writer.string(STATUSES[status] ?? 'Unset')
    writer.text(bytes, message0, message1)
    writeEvents(writer, reader, events)
    writeLinks(writer, reader, links)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    writer.pos = rowStart
    sink.reject(error)
    return
  }
  sink.accept(writer, startHigh)
}

const BAD_TRACE_ID = new RecordError(
  'bad_trace_id',
  'a span needs a traceId of 16 bytes that are not all zero',
)
const BAD_SPAN_ID = new RecordError('bad_span_id', 'a span needs a spanId of 8 bytes that are not all zero')

/** end − start as UInt64, 0 when the end is before the start. */
function writeDuration(
  writer: RowWriter,
  startLow: number,
  startHigh: number,
  endLow: number,
  endHigh: number,
) {
  const earlier = endHigh < startHigh || (endHigh === startHigh && endLow < startLow)
  if (earlier) writer.u64(0, 0)
  else writer.u64((endLow - startLow) >>> 0, endHigh - startHigh - (endLow < startLow ? 1 : 0))
}
