import type { DecodeClock, Decoded } from './decoded'
import { Ranges } from './ranges'
import type { RecordError } from './record-error'
import { ResourceBlock, readSlice, ScopeBlock, type Slice } from './resource'
import { RowSink } from './row-sink'
import { RowWriter } from './row-writer'
import { WireReader } from './wire-reader'

/** The resource and scope around a record, as a record writer sees them. */
export interface Surroundings {
  readonly resource: ResourceBlock
  readonly scope: ScopeBlock
  /** String columns, ready to be copied. */
  readonly resourceSchemaUrl: RowWriter
  readonly scopeSchemaUrl: RowWriter
}

export interface SignalWriter {
  /** Called once per scope: encodes the columns that its records share. */
  scope(around: Surroundings): void
  /** Writes the record in [from, to). Throws a RecordError to reject it. */
  record(reader: WireReader, from: number, to: number, sink: RowSink): void
  /** How many records the message holds: data points for a metric. */
  count(reader: WireReader, from: number, to: number): number
}

/**
 * Walks an Export…ServiceRequest: all three signals share resource → scope → records, with equal field numbers.
 * Fields may come in any order, so that each level is scanned before its records are written.
 * @throws WireError when the bytes are not such a message.
 */
export function decodeRequest(bytes: Uint8Array, clock: DecodeClock, writer: SignalWriter): Decoded {
  const reader = new WireReader(bytes)
  const sink = new RowSink(clock)
  try {
    while (reader.pos < bytes.length) {
      const tag = reader.tag()
      if (tag === 10) {
        const stop = reader.endOfField(bytes.length)
        readResource(reader, reader.pos, stop, sink, writer)
        reader.pos = stop
      } else reader.skip(tag, bytes.length)
    }
    return sink.finish()
  } finally {
    sink.release()
  }
}

const resource = new ResourceBlock()
const scope = new ScopeBlock()
const resourceSchemaUrl = new RowWriter(64)
const scopeSchemaUrl = new RowWriter(64)
const around: Surroundings = { resource, scope, resourceSchemaUrl, scopeSchemaUrl }
const head: Slice = { from: 0, to: 0 }
const schemaUrl: Slice = { from: 0, to: 0 }
const scopes = new Ranges()
const records = new Ranges()

function readResource(
  reader: WireReader,
  from: number,
  to: number,
  sink: RowSink,
  writer: SignalWriter,
): void {
  scanLevel(reader, from, to, scopes)
  resource.read(reader, head)
  resourceSchemaUrl.clear()
  resourceSchemaUrl.text(reader.bytes, schemaUrl.from, schemaUrl.to)
  for (let i = 0; i < scopes.length; i++) {
    readScope(reader, scopes.from[i]!, scopes.to[i]!, sink, writer)
  }
}

function readScope(reader: WireReader, from: number, to: number, sink: RowSink, writer: SignalWriter): void {
  scanLevel(reader, from, to, records)
  scope.read(reader, head)
  scopeSchemaUrl.clear()
  scopeSchemaUrl.text(reader.bytes, schemaUrl.from, schemaUrl.to)
  const broken = resource.error ?? scope.error
  if (broken) {
    rejectAll(reader, sink, writer, broken)
    return
  }
  writer.scope(around)
  for (let i = 0; i < records.length; i++) {
    writer.record(reader, records.from[i]!, records.to[i]!, sink)
  }
}

function rejectAll(reader: WireReader, sink: RowSink, writer: SignalWriter, error: RecordError): void {
  for (let i = 0; i < records.length; i++) {
    sink.reject(error, writer.count(reader, records.from[i]!, records.to[i]!))
  }
}

/** ResourceX and ScopeX alike: 1 resource or scope, 2 the repeated children, 3 schema_url. */
function scanLevel(reader: WireReader, from: number, to: number, children: Ranges): void {
  head.from = head.to = from
  schemaUrl.from = schemaUrl.to = from
  children.clear()
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    if (tag === 10) readSlice(reader, to, head)
    else if (tag === 26) readSlice(reader, to, schemaUrl)
    else if (tag === 18) {
      const stop = reader.endOfField(to)
      children.add(reader.pos, stop)
      reader.pos = stop
    } else reader.skip(tag, to)
  }
  reader.finish(to)
}
