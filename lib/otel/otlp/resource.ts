import { VALUE, writeValue } from './any-value'
import { collect, findAttribute, writeAttributes } from './attributes'
import { Ranges } from './ranges'
import { RecordError } from './record-error'
import { RowWriter } from './row-writer'
import type { WireReader } from './wire-reader'

const SERVICE_NAME = new TextEncoder().encode('service.name')
const UNKNOWN_SERVICE = 'unknown_service'
const list = new Ranges()

/** A place in the wire bytes. */
export interface Slice {
  from: number
  to: number
}

/** What all records of one ResourceX message share, as blocks of RowBinary. */
export class ResourceBlock {
  readonly attributes = new RowWriter()
  readonly service = new RowWriter(64)
  /** Set when the resource itself cannot be stored: its records are rejected with it. */
  error: RecordError | null = null

  read(reader: WireReader, resource: Slice): void {
    this.attributes.clear()
    this.service.clear()
    this.error = null
    collect(reader, resource.from, resource.to, 10, list)
    const name = findAttribute(reader, list, SERVICE_NAME)
    try {
      writeAttributes(this.attributes, reader, list)
      if (name !== null && name.kind !== VALUE.none) writeValue(this.service, reader, name)
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      this.error = error
    }
    if (this.service.pos <= 1) {
      this.service.clear()
      this.service.string(UNKNOWN_SERVICE)
    }
  }
}

/** An InstrumentationScope as blocks of RowBinary. */
export class ScopeBlock {
  readonly nameAndVersion = new RowWriter(128)
  readonly attributes = new RowWriter(128)
  droppedAttributes = 0
  error: RecordError | null = null

  read(reader: WireReader, scope: Slice): void {
    const name: Slice = { from: 0, to: 0 }
    const version: Slice = { from: 0, to: 0 }
    this.nameAndVersion.clear()
    this.attributes.clear()
    this.droppedAttributes = 0
    this.error = null
    list.clear()
    reader.pos = scope.from
    while (reader.pos < scope.to) {
      const tag = reader.tag()
      if (tag === 10) readSlice(reader, scope.to, name)
      else if (tag === 18) readSlice(reader, scope.to, version)
      else if (tag === 26) {
        const stop = reader.endOfField(scope.to)
        list.add(reader.pos, stop)
        reader.pos = stop
      } else if (tag === 32) {
        reader.varint()
        this.droppedAttributes = reader.lo
      } else reader.skip(tag, scope.to)
    }
    reader.finish(scope.to)
    this.nameAndVersion.text(reader.bytes, name.from, name.to)
    this.nameAndVersion.text(reader.bytes, version.from, version.to)
    try {
      writeAttributes(this.attributes, reader, list)
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      this.error = error
    }
  }
}

/** Reads a length-delimited field as a slice and moves behind it. */
export function readSlice(reader: WireReader, end: number, out: Slice): void {
  const stop = reader.endOfField(end)
  out.from = reader.pos
  out.to = stop
  reader.pos = stop
}
