import { isValidUtf8 } from './utf8'

const HEX = new TextEncoder().encode('0123456789abcdef')
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Below this a loop beats the call into TypedArray.set. */
const LOOP_COPY = 40

/** Appends values in ClickHouse's RowBinary encoding to a buffer that grows. */
export class RowWriter {
  bytes: Uint8Array
  view: DataView
  pos = 0
  /** Where each finished row ends. */
  readonly ends: number[] = []

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  clear(): void {
    this.pos = 0
    this.ends.length = 0
  }

  endRow(): void {
    this.ends.push(this.pos)
  }

  /** Where the row that is being written began. */
  rowStart(): number {
    return this.ends.length === 0 ? 0 : this.ends[this.ends.length - 1]!
  }

  ensure(more: number): void {
    const needed = this.pos + more
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.pos))
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }

  u8(value: number): void {
    this.ensure(1)
    this.bytes[this.pos++] = value
  }

  u32(value: number): void {
    this.ensure(4)
    this.view.setUint32(this.pos, value, true)
    this.pos += 4
  }

  u64(lo: number, hi: number): void {
    this.ensure(8)
    this.view.setUint32(this.pos, lo, true)
    this.view.setUint32(this.pos + 4, hi, true)
    this.pos += 8
  }

  f64(value: number): void {
    this.ensure(8)
    this.view.setFloat64(this.pos, value, true)
    this.pos += 8
  }

  varint(value: number): void {
    this.ensure(5)
    let rest = value
    while (rest > 127) {
      this.bytes[this.pos++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.bytes[this.pos++] = rest
  }

  /** Copies bytes as they are: a block that was encoded before. */
  raw(source: Uint8Array, from: number, to: number): void {
    const length = to - from
    this.ensure(length)
    if (length <= LOOP_COPY) {
      const { bytes } = this
      let { pos } = this
      for (let i = from; i < to; i++) bytes[pos++] = source[i]!
    } else {
      this.bytes.set(source.subarray(from, to), this.pos)
    }
    this.pos += length
  }

  block(other: RowWriter): void {
    this.raw(other.bytes, 0, other.pos)
  }

  /** A String column from UTF-8 bytes; invalid sequences become U+FFFD. */
  text(source: Uint8Array, from: number, to: number): void {
    const length = to - from
    this.ensure(length + 5)
    const start = this.pos
    if (length < 128) this.bytes[this.pos++] = length
    else this.varint(length)
    let bits = 0
    const { bytes } = this
    let { pos } = this
    if (length <= LOOP_COPY) {
      for (let i = from; i < to; i++) {
        const byte = source[i]!
        bits |= byte
        bytes[pos++] = byte
      }
    } else {
      for (let i = from; i < to; i++) bits |= source[i]!
      bytes.set(source.subarray(from, to), pos)
      pos += length
    }
    this.pos = pos
    if (bits > 127 && !isValidUtf8(source, from, to)) {
      this.pos = start
      this.string(decoder.decode(source.subarray(from, to)))
    }
  }

  /** A String column from a JavaScript string. */
  string(value: string): void {
    if (value.length <= LOOP_COPY && this.ascii(value)) return
    const encoded = encoder.encode(value)
    this.varint(encoded.length)
    this.raw(encoded, 0, encoded.length)
  }

  private ascii(value: string): boolean {
    const { length } = value
    this.ensure(length + 1)
    const { bytes } = this
    let { pos } = this
    bytes[pos++] = length
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i)
      if (code > 127) return false
      bytes[pos++] = code
    }
    this.pos = pos
    return true
  }

  /** A String column with bytes as lower-case hex. */
  hex(source: Uint8Array, from: number, to: number): void {
    const length = to - from
    this.ensure(length * 2 + 5)
    this.varint(length * 2)
    const { bytes } = this
    let { pos } = this
    for (let i = from; i < to; i++) {
      const byte = source[i]!
      bytes[pos++] = HEX[byte >> 4]!
      bytes[pos++] = HEX[byte & 15]!
    }
    this.pos = pos
  }
}
