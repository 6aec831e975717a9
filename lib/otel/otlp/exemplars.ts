import { writeOptionalId } from './ids'
import { int64Number } from './number-text'
import type { Ranges } from './ranges'
import type { RowWriter } from './row-writer'
import { fieldOf, writeAttributeLists, writeEmpty, writeTime } from './span-lists'
import type { WireReader } from './wire-reader'

/** Exemplars.FilteredAttributes, TimeUnix, Value, SpanId, TraceId; invalid ids are stored empty. */
export function writeExemplars(writer: RowWriter, reader: WireReader, exemplars: Ranges): void {
  const { length } = exemplars
  if (length === 0) {
    writeEmpty(writer, 5)
    return
  }
  writeAttributeLists(writer, reader, exemplars, 58)
  writer.varint(length)
  for (let i = 0; i < length; i++) {
    scanNumbers(reader, exemplars.from[i]!, exemplars.to[i]!)
    writeTime(writer, found.timeLow, found.timeHigh)
  }
  writer.varint(length)
  for (let i = 0; i < length; i++) {
    scanNumbers(reader, exemplars.from[i]!, exemplars.to[i]!)
    writer.f64(found.value)
  }
  for (const [tag, bytes] of [
    [34, 8],
    [42, 16],
  ] as const) {
    writer.varint(length)
    for (let i = 0; i < length; i++) {
      const id = fieldOf(reader, exemplars, i, tag)
      writeOptionalId(writer, reader.bytes, id.from, id.to, bytes)
    }
  }
}

const found = { timeLow: 0, timeHigh: 0, value: 0 }

function scanNumbers(reader: WireReader, from: number, to: number): void {
  found.timeLow = found.timeHigh = found.value = 0
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    if (tag === 17) {
      reader.fixed64(to)
      found.timeLow = reader.lo
      found.timeHigh = reader.hi
    } else if (tag === 25) found.value = reader.double(to)
    else if (tag === 49) {
      reader.fixed64(to)
      found.value = int64Number(reader.lo, reader.hi)
    } else reader.skip(tag, to)
  }
  reader.finish(to)
}
