import { collect, writeAttributes } from './attributes'
import { writeOptionalId } from './ids'
import { Ranges } from './ranges'
import { readSlice, type Slice } from './resource'
import type { RowWriter } from './row-writer'
import type { WireReader } from './wire-reader'

const attributes = new Ranges()
const names = new Ranges()
const name: Slice = { from: 0, to: 0 }

/** Events.Timestamp, Events.Name, Events.Attributes: arrays of equal length. */
export function writeEvents(writer: RowWriter, reader: WireReader, events: Ranges): void {
  const { length } = events
  if (length === 0) {
    writeEmpty(writer, 3)
    return
  }
  names.clear()
  writer.varint(length)
  for (let i = 0; i < length; i++) {
    const to = events.to[i]!
    name.from = name.to = 0
    let lo = 0
    let hi = 0
    reader.pos = events.from[i]!
    while (reader.pos < to) {
      const tag = reader.tag()
      if (tag === 9) {
        reader.fixed64(to)
        lo = reader.lo
        hi = reader.hi
      } else if (tag === 18) readSlice(reader, to, name)
      else reader.skip(tag, to)
    }
    reader.finish(to)
    names.add(name.from, name.to)
    writeTime(writer, lo, hi)
  }
  writer.varint(length)
  for (let i = 0; i < length; i++) writer.text(reader.bytes, names.from[i]!, names.to[i]!)
  writeAttributeLists(writer, reader, events, 26)
}

/** Links.TraceId, Links.SpanId, Links.TraceState, Links.Attributes; invalid ids are stored empty. */
export function writeLinks(writer: RowWriter, reader: WireReader, links: Ranges): void {
  if (links.length === 0) {
    writeEmpty(writer, 4)
    return
  }
  writeLinkIds(writer, reader, links, 10, 16)
  writeLinkIds(writer, reader, links, 18, 8)
  writer.varint(links.length)
  for (let i = 0; i < links.length; i++) {
    const state = fieldOf(reader, links, i, 26)
    writer.text(reader.bytes, state.from, state.to)
  }
  writeAttributeLists(writer, reader, links, 34)
}

/** A DateTime64(9) from unsigned ns; what does not fit (after 2262) becomes the last moment that does. */
export function writeTime(writer: RowWriter, lo: number, hi: number): void {
  if (hi > 0x7fffffff) writer.u64(0xffffffff, 0x7fffffff)
  else writer.u64(lo, hi)
}

/** One Array(Map) column: the attributes (field `tag`) of each message in the list. */
export function writeAttributeLists(writer: RowWriter, reader: WireReader, list: Ranges, tag: number): void {
  writer.varint(list.length)
  for (let i = 0; i < list.length; i++) {
    collect(reader, list.from[i]!, list.to[i]!, tag, attributes)
    writeAttributes(writer, reader, attributes)
  }
}

/** Empty values of `count` array columns. */
export function writeEmpty(writer: RowWriter, count: number): void {
  for (let i = 0; i < count; i++) writer.u8(0)
}

function writeLinkIds(
  writer: RowWriter,
  reader: WireReader,
  links: Ranges,
  tag: number,
  bytes: number,
): void {
  writer.varint(links.length)
  for (let i = 0; i < links.length; i++) {
    const id = fieldOf(reader, links, i, tag)
    writeOptionalId(writer, reader.bytes, id.from, id.to, bytes)
  }
}

const found: Slice = { from: 0, to: 0 }

/** The last value of a length-delimited field of the i-th message. */
export function fieldOf(reader: WireReader, list: Ranges, i: number, tag: number): Slice {
  const to = list.to[i]!
  found.from = found.to = 0
  reader.pos = list.from[i]!
  while (reader.pos < to) {
    const key = reader.tag()
    if (key === tag) readSlice(reader, to, found)
    else reader.skip(key, to)
  }
  reader.finish(to)
  return found
}
