const encoder = new TextEncoder()

/** Appends protobuf fields to a buffer that grows. Field numbers are given, wire types follow from the method. */
export class ProtoWriter {
  private bytes: Uint8Array<ArrayBuffer>
  private view: DataView
  private pos = 0

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.pos)
  }

  /** Opens a nested message; hand the result to `end`. */
  begin(field: number): number {
    this.tag(field, 2)
    return this.openLength()
  }

  end(mark: number): void {
    // Four bytes were kept for the length: a padded varint, which every reader accepts, saves moving the content.
    const length = this.pos - mark
    this.bytes[mark - 4] = (length & 127) | 128
    this.bytes[mark - 3] = ((length >>> 7) & 127) | 128
    this.bytes[mark - 2] = ((length >>> 14) & 127) | 128
    this.bytes[mark - 1] = (length >>> 21) & 127
  }

  /** A packed repeated field: elements follow with the `packed…` methods, then `end`. */
  openLength(): number {
    this.ensure(4)
    this.pos += 4
    return this.pos
  }

  varintField(field: number, lo: number, hi: number): void {
    this.tag(field, 0)
    this.varint(lo, hi)
  }

  fixed64Field(field: number, lo: number, hi: number): void {
    this.tag(field, 1)
    this.fixed64(lo, hi)
  }

  fixed32Field(field: number, value: number): void {
    this.tag(field, 5)
    this.ensure(4)
    this.view.setUint32(this.pos, value, true)
    this.pos += 4
  }

  doubleField(field: number, value: number): void {
    this.tag(field, 1)
    this.double(value)
  }

  stringField(field: number, value: string): void {
    this.bytesField(field, encoder.encode(value))
  }

  bytesField(field: number, value: Uint8Array): void {
    this.tag(field, 2)
    this.varint(value.length, 0)
    this.ensure(value.length)
    this.bytes.set(value, this.pos)
    this.pos += value.length
  }

  varint(lo: number, hi: number): void {
    this.ensure(10)
    let low = lo >>> 0
    let high = hi >>> 0
    while (high > 0 || low > 127) {
      this.bytes[this.pos++] = (low & 127) | 128
      low = ((low >>> 7) | (high << 25)) >>> 0
      high >>>= 7
    }
    this.bytes[this.pos++] = low
  }

  fixed64(lo: number, hi: number): void {
    this.ensure(8)
    this.view.setUint32(this.pos, lo, true)
    this.view.setUint32(this.pos + 4, hi, true)
    this.pos += 8
  }

  double(value: number): void {
    this.ensure(8)
    this.view.setFloat64(this.pos, value, true)
    this.pos += 8
  }

  private tag(field: number, wireType: number): void {
    this.varint((field << 3) | wireType, 0)
  }

  private ensure(more: number): void {
    const needed = this.pos + more
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.pos))
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }
}
