import { ScannedValue, scanValue, writeValue } from './any-value'
import type { Ranges } from './ranges'
import type { RowWriter } from './row-writer'
import type { WireReader } from './wire-reader'

/** Up to here duplicates are found by comparing all pairs, above with a hash map. */
const PAIRWISE = 32
/** Longer lists than this are not kept for the next message. */
const KEEP = 65_536

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const value = new ScannedValue()

/** Parsed keys of the list at hand; attribute lists are never written inside each other. */
let capacity = 0
let keyFrom = new Int32Array(0)
let keyTo = new Int32Array(0)
let keyHash = new Int32Array(0)
let valueFrom = new Int32Array(0)
let valueTo = new Int32Array(0)
let dropped = new Uint8Array(0)
reserve(256)

/** Makes room for so many keys. Typed arrays: a hostile request has millions of them. */
function reserve(length: number): void {
  const tooLarge = capacity > KEEP && length <= KEEP
  if (length <= capacity && !tooLarge) return
  capacity = Math.max(256, tooLarge ? length : Math.max(length, capacity * 2))
  keyFrom = new Int32Array(capacity)
  keyTo = new Int32Array(capacity)
  keyHash = new Int32Array(capacity)
  valueFrom = new Int32Array(capacity)
  valueTo = new Int32Array(capacity)
  dropped = new Uint8Array(capacity)
}

/** Writes KeyValue messages as a Map(String, String); of duplicate keys the last one is kept. */
export function writeAttributes(writer: RowWriter, reader: WireReader, list: Ranges): void {
  const kept = parseKeys(reader, list)
  writer.varint(kept)
  for (let i = 0; i < list.length; i++) {
    if (dropped[i]) continue
    writer.text(reader.bytes, keyFrom[i]!, keyTo[i]!)
    writeValueAt(writer, reader, i)
  }
}

/** Finds the value of one key (the last, if it is there twice) and leaves it scanned, or null. */
export function findAttribute(reader: WireReader, list: Ranges, key: Uint8Array): ScannedValue | null {
  for (let i = list.length - 1; i >= 0; i--) {
    parseKey(reader, list.from[i]!, list.to[i]!, 0)
    if (!equalBytes(reader.bytes, keyFrom[0]!, keyTo[0]!, key, 0, key.length)) continue
    const found = new ScannedValue()
    scanValue(reader, valueFrom[0]!, valueTo[0]!, found)
    return found
  }
  return null
}

/** Collects the field `tag` (a repeated KeyValue) of the message in [from, to). */
export function collect(reader: WireReader, from: number, to: number, tag: number, into: Ranges): void {
  into.clear()
  reader.pos = from
  while (reader.pos < to) {
    const key = reader.tag()
    if (key !== tag) {
      reader.skip(key, to)
      continue
    }
    const stop = reader.endOfField(to)
    into.add(reader.pos, stop)
    reader.pos = stop
  }
  reader.finish(to)
}

function writeValueAt(writer: RowWriter, reader: WireReader, i: number): void {
  const { bytes } = reader
  const from = valueFrom[i]!
  const to = valueTo[i]!
  // Most values are one short string: the field's key, its length, and nothing else.
  if (to - from >= 2 && bytes[from] === 10 && bytes[from + 1]! < 128 && from + 2 + bytes[from + 1]! === to) {
    writer.text(bytes, from + 2, to)
    return
  }
  scanValue(reader, from, to, value)
  writeValue(writer, reader, value)
}

function parseKeys(reader: WireReader, list: Ranges): number {
  const { length } = list
  reserve(length)
  for (let i = 0; i < length; i++) parseKey(reader, list.from[i]!, list.to[i]!, i)
  return length <= PAIRWISE ? dropPairwise(reader.bytes, length) : dropByMap(reader.bytes, length)
}

function parseKey(reader: WireReader, from: number, to: number, i: number): void {
  const { bytes } = reader
  let key0 = from
  let key1 = from
  let value0 = from
  let value1 = from
  reader.pos = from
  while (reader.pos < to) {
    const tag = reader.tag()
    if (tag === 10) {
      key1 = reader.endOfField(to)
      key0 = reader.pos
      reader.pos = key1
    } else if (tag === 18) {
      value1 = reader.endOfField(to)
      value0 = reader.pos
      reader.pos = value1
    } else reader.skip(tag, to)
  }
  reader.finish(to)
  keyFrom[i] = key0
  keyTo[i] = key1
  valueFrom[i] = value0
  valueTo[i] = value1
  dropped[i] = 0
  const length = key1 - key0
  keyHash[i] =
    length === 0
      ? 0
      : (length << 24) ^ (bytes[key0]! << 16) ^ (bytes[key1 - 1]! << 8) ^ bytes[key0 + (length >> 1)]!
}

function dropPairwise(bytes: Uint8Array, length: number): number {
  let kept = length
  for (let i = 0; i < length - 1; i++) {
    const hash = keyHash[i]!
    for (let k = i + 1; k < length; k++) {
      if (keyHash[k] !== hash) continue
      if (!equalBytes(bytes, keyFrom[i]!, keyTo[i]!, bytes, keyFrom[k]!, keyTo[k]!)) continue
      dropped[i] = 1
      kept--
      break
    }
  }
  return kept
}

function dropByMap(bytes: Uint8Array, length: number): number {
  const seen = new Set<string>()
  let kept = 0
  for (let i = length - 1; i >= 0; i--) {
    const key = decoder.decode(bytes.subarray(keyFrom[i]!, keyTo[i]!))
    if (seen.has(key)) dropped[i] = 1
    else {
      seen.add(key)
      kept++
    }
  }
  return kept
}

function equalBytes(
  a: Uint8Array,
  aFrom: number,
  aTo: number,
  b: Uint8Array,
  bFrom: number,
  bTo: number,
): boolean {
  if (aTo - aFrom !== bTo - bFrom) return false
  for (let i = aFrom, k = bFrom; i < aTo; i++, k++) if (a[i] !== b[k]) return false
  return true
}
