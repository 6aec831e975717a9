/** The bytes are not a protobuf message of the expected shape: the whole request is refused. */
export class WireError extends Error {}

/**
 * A cursor over protobuf wire bytes. Nothing is copied and no objects are made: callers keep offsets.
 * 64-bit values are left in `lo` and `hi` (two unsigned 32-bit halves), because BigInt is too slow here.
 */
export class WireReader {
  pos = 0
  lo = 0
  hi = 0
  readonly view: DataView

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** A field's key: number << 3 | wire type. */
  tag(): number {
    const first = this.bytes[this.pos]!
    if (first < 128 && first > 7) {
      this.pos++
      return first
    }
    this.varint()
    if (this.hi !== 0 || this.lo < 8) throw new WireError(`bad field key at byte ${this.pos}`)
    return this.lo
  }

  /** Reads a varint of up to ten bytes into lo and hi. */
  varint(): void {
    const { bytes } = this
    let { pos } = this
    let lo = 0
    let hi = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[pos++]
      if (byte === undefined) break
      const low = byte & 127
      if (shift < 28) lo |= low << shift
      else if (shift === 28) {
        lo |= low << 28
        hi = low >>> 4
      } else if (shift < 63) hi |= low << (shift - 32)
      else hi |= (low & 1) << 31
      if (byte < 128) {
        this.pos = pos
        this.lo = lo >>> 0
        this.hi = hi >>> 0
        return
      }
    }
    throw new WireError(`unfinished number at byte ${this.pos}`)
  }

  /** Reads a length and checks that so many bytes are left before `end`; returns where the field ends. */
  endOfField(end: number): number {
    const first = this.bytes[this.pos]!
    let length = first
    if (first < 128) this.pos++
    else {
      this.varint()
      if (this.hi !== 0) throw new WireError(`impossible length at byte ${this.pos}`)
      length = this.lo
    }
    const stop = this.pos + length
    if (stop <= end) return stop
    throw new WireError(`a field of ${length} bytes at byte ${this.pos} runs over its message`)
  }

  /** Reads eight little-endian bytes into lo and hi. */
  fixed64(end: number): void {
    const { pos } = this
    if (pos + 8 > end) throw new WireError(`unfinished 64-bit value at byte ${pos}`)
    this.lo = this.view.getUint32(pos, true)
    this.hi = this.view.getUint32(pos + 4, true)
    this.pos = pos + 8
  }

  fixed32(end: number): number {
    const { pos } = this
    if (pos + 4 > end) throw new WireError(`unfinished 32-bit value at byte ${pos}`)
    this.pos = pos + 4
    return this.view.getUint32(pos, true)
  }

  double(end: number): number {
    const { pos } = this
    if (pos + 8 > end) throw new WireError(`unfinished double at byte ${pos}`)
    this.pos = pos + 8
    return this.view.getFloat64(pos, true)
  }

  /** Passes over a field that is not known, groups included. */
  skip(tag: number, end: number): void {
    let depth = 0
    let key = tag
    for (;;) {
      const type = key & 7
      if (type === 0) this.varint()
      else if (type === 1) this.pos += 8
      else if (type === 2) this.pos = this.endOfField(end)
      else if (type === 3) depth++
      else if (type === 4) depth--
      else if (type === 5) this.pos += 4
      else throw new WireError(`unknown wire type ${type} at byte ${this.pos}`)
      if (this.pos > end || depth < 0) throw new WireError(`broken field at byte ${this.pos}`)
      if (depth === 0) return
      key = this.tag()
    }
  }

  /** Called after the last field: a message must end exactly where its length says. */
  finish(end: number): void {
    if (this.pos !== end) throw new WireError(`a message runs over its end at byte ${end}`)
  }
}
