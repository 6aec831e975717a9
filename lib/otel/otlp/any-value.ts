import { base64Text, doubleText, int64Text } from './number-text'
import { RecordError } from './record-error'
import type { RowWriter } from './row-writer'
import type { WireReader } from './wire-reader'

/** Arrays and maps inside each other up to here; a record with a deeper value is rejected. */
export const MAX_VALUE_DEPTH = 64

export const VALUE = {
  none: 0,
  string: 1,
  bool: 2,
  int: 3,
  double: 4,
  array: 5,
  map: 6,
  bytes: 7,
} as const

/** What an AnyValue holds: filled by scanValue, one at a time. */
export class ScannedValue {
  kind = 0
  from = 0
  to = 0
  lo = 0
  hi = 0
  number = 0
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Reads the AnyValue in [from, to) into `out`. The last member of the oneof wins. */
export function scanValue(reader: WireReader, from: number, to: number, out: ScannedValue): void {
  out.kind = VALUE.none
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    switch (tag) {
      case 10:
        scanBytes(reader, to, out, VALUE.string)
        break
      case 16:
        reader.varint()
        out.kind = VALUE.bool
        out.lo = reader.lo | reader.hi
        break
      case 24:
        reader.varint()
        out.kind = VALUE.int
        out.lo = reader.lo
        out.hi = reader.hi
        break
      case 33:
        out.number = reader.double(to)
        out.kind = VALUE.double
        break
      case 42:
        scanBytes(reader, to, out, VALUE.array)
        break
      case 50:
        scanBytes(reader, to, out, VALUE.map)
        break
      case 58:
        scanBytes(reader, to, out, VALUE.bytes)
        break
      default:
        reader.skip(tag, to)
    }
  }
  reader.finish(to)
}

function scanBytes(reader: WireReader, end: number, out: ScannedValue, kind: number): void {
  const stop = reader.endOfField(end)
  out.from = reader.pos
  out.to = stop
  out.kind = kind
  reader.pos = stop
}

/** Writes a scanned value as the text of a String column: see docs/ingest.md "What is stored". */
export function writeValue(writer: RowWriter, reader: WireReader, value: ScannedValue): void {
  switch (value.kind) {
    case VALUE.none:
      writer.u8(0)
      return
    case VALUE.string:
      writer.text(reader.bytes, value.from, value.to)
      return
    case VALUE.array:
    case VALUE.map:
      writer.string(valueJson(reader, value, 1))
      return
    default:
      writer.string(scalarText(reader, value))
  }
}

function scalarText(reader: WireReader, value: ScannedValue): string {
  if (value.kind === VALUE.bool) return value.lo === 0 ? 'false' : 'true'
  if (value.kind === VALUE.int) return int64Text(value.lo, value.hi)
  if (value.kind === VALUE.double) return doubleText(value.number)
  return base64Text(reader.bytes, value.from, value.to)
}

/** JSON text of a value; `depth` counts the arrays and maps around it, itself included. */
export function valueJson(reader: WireReader, value: ScannedValue, depth: number): string {
  switch (value.kind) {
    case VALUE.none:
      return 'null'
    case VALUE.string:
      return JSON.stringify(decoder.decode(reader.bytes.subarray(value.from, value.to)))
    case VALUE.bytes:
      return JSON.stringify(base64Text(reader.bytes, value.from, value.to))
    case VALUE.double:
      // JSON has no NaN and no infinities: proto3's spelling is their name as a string.
      return Number.isFinite(value.number) ? doubleText(value.number) : JSON.stringify(String(value.number))
    case VALUE.array:
      return arrayJson(reader, value.from, value.to, depth)
    case VALUE.map:
      return mapJson(reader, value.from, value.to, depth)
    default:
      return scalarText(reader, value)
  }
}

function arrayJson(reader: WireReader, from: number, to: number, depth: number): string {
  checkDepth(depth)
  const items: string[] = []
  const item = new ScannedValue()
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    if (tag !== 10) {
      reader.skip(tag, to)
      continue
    }
    const stop = reader.endOfField(to)
    scanValue(reader, reader.pos, stop, item)
    items.push(valueJson(reader, item, depth + 1))
    reader.pos = stop
  }
  return `[${items.join(',')}]`
}

function mapJson(reader: WireReader, from: number, to: number, depth: number): string {
  checkDepth(depth)
  const entries = new Map<string, string>()
  const item = new ScannedValue()
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    if (tag !== 10) {
      reader.skip(tag, to)
      continue
    }
    const stop = reader.endOfField(to)
    const key = scanKeyValue(reader, reader.pos, stop, item)
    // Deleting first keeps the place of the last duplicate, as attribute maps do.
    entries.delete(key)
    entries.set(key, valueJson(reader, item, depth + 1))
    reader.pos = stop
  }
  return `{${Array.from(entries, ([key, json]) => `${JSON.stringify(key)}:${json}`).join(',')}}`
}

function scanKeyValue(reader: WireReader, from: number, to: number, out: ScannedValue): string {
  let key = ''
  let valueFrom = 0
  let valueTo = 0
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    if (tag !== 10 && tag !== 18) {
      reader.skip(tag, to)
      continue
    }
    const stop = reader.endOfField(to)
    if (tag === 10) key = decoder.decode(reader.bytes.subarray(reader.pos, stop))
    else {
      valueFrom = reader.pos
      valueTo = stop
    }
    reader.pos = stop
  }
  reader.finish(to)
  scanValue(reader, valueFrom, valueTo, out)
  return key
}

function checkDepth(depth: number): void {
  if (depth > MAX_VALUE_DEPTH) {
    throw new RecordError(
      'value_too_deep',
      `an attribute or body is nested deeper than ${MAX_VALUE_DEPTH} levels`,
    )
  }
}
