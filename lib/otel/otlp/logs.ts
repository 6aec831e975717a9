import { ScannedValue, scanValue, writeValue } from './any-value'
import { writeAttributes } from './attributes'
import type { DecodeClock, Decoded } from './decoded'
import { isId } from './ids'
import { idsFromContent } from './log-ids'
import { Ranges } from './ranges'
import { RecordError } from './record-error'
import type { RowSink } from './row-sink'
import { RowWriter } from './row-writer'
import { decodeRequest, type SignalWriter } from './walk'
import type { WireReader } from './wire-reader'

/** ExportLogsServiceRequest → rows of otel_logs. @throws WireError */
export function decodeLogs(bytes: Uint8Array, clock: DecodeClock): Decoded {
  return decodeRequest(bytes, clock, logWriter)
}

const shared = new RowWriter()
const attributes = new Ranges()
const body = new ScannedValue()

const logWriter: SignalWriter = {
  scope({ resource, scope, resourceSchemaUrl, scopeSchemaUrl }) {
    shared.clear()
    shared.block(resource.attributes)
    shared.block(resource.service)
    shared.block(resourceSchemaUrl)
    shared.block(scope.nameAndVersion)
    shared.block(scope.attributes)
    shared.block(scopeSchemaUrl)
  },
  count: () => 1,
  record: writeLog,
}

function writeLog(reader: WireReader, from: number, to: number, sink: RowSink): void {
  const { bytes } = reader
  let timeLow = 0,
    timeHigh = 0
  let observedLow = 0,
    observedHigh = 0
  let severity = 0
  let severity0 = 0,
    severity1 = 0
  let body0 = 0,
    body1 = 0
  let flags = 0
  let trace0 = 0,
    trace1 = 0
  let span0 = 0,
    span1 = 0
  let event0 = 0,
    event1 = 0
  attributes.clear()
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    switch (tag) {
      case 9:
        reader.fixed64(to)
        timeLow = reader.lo
        timeHigh = reader.hi
        break
      case 89:
        reader.fixed64(to)
        observedLow = reader.lo
        observedHigh = reader.hi
        break
      case 16:
        reader.varint()
        severity = reader.hi === 0 ? Math.min(reader.lo, 255) : 0
        break
      case 26:
        severity1 = reader.endOfField(to)
        severity0 = reader.pos
        reader.pos = severity1
        break
      case 42:
        body1 = reader.endOfField(to)
        body0 = reader.pos
        reader.pos = body1
        break
      case 50: {
        const stop = reader.endOfField(to)
        attributes.add(reader.pos, stop)
        reader.pos = stop
        break
      }
      case 69:
        flags = reader.fixed32(to) & 255
        break
      case 74:
        trace1 = reader.endOfField(to)
        trace0 = reader.pos
        reader.pos = trace1
        break
      case 82:
        span1 = reader.endOfField(to)
        span0 = reader.pos
        reader.pos = span1
        break
      case 98:
        event1 = reader.endOfField(to)
        event0 = reader.pos
        reader.pos = event1
        break
      default:
        reader.skip(tag, to)
    }
  }
  reader.finish(to)

  if (timeLow === 0 && timeHigh === 0) {
    timeLow = observedLow
    timeHigh = observedHigh
  }
  if (timeLow === 0 && timeHigh === 0) {
    const nanos = BigInt(Math.floor(sink.clock.nowMs)) * 1_000_000n
    timeHigh = Number(nanos >> 32n)
    timeLow = Number(nanos & 0xffffffffn)
  }
  if (timeHigh > 0x7fffffff) {
    timeHigh = 0x7fffffff
    timeLow = 0xffffffff
  }
  const writer = sink.writer('otel_logs', timeLow, timeHigh)
  const rowStart = writer.pos
  try {
    writer.block(shared)
    writer.u64(timeLow, timeHigh)
    scanValue(reader, body0, body1, body)
    const hasTrace = isId(bytes, trace0, trace1, 16)
    const hasSpan = isId(bytes, span0, span1, 8)
    const other = hasTrace && hasSpan ? null : idsFromContent(reader, attributes, body)
    if (hasTrace) writer.hex(bytes, trace0, trace1)
    else writer.string(other?.traceId ?? '')
    if (hasSpan) writer.hex(bytes, span0, span1)
    else writer.string(other?.spanId ?? '')
    writer.u8(flags)
    writer.text(bytes, severity0, severity1)
    writer.u8(severity)
    writeValue(writer, reader, body)
    writeAttributes(writer, reader, attributes)
    writer.text(bytes, event0, event1)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    writer.pos = rowStart
    sink.reject(error)
    return
  }
  sink.accept(writer, timeHigh)
}
