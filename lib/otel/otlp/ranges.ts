const FIRST = 64
/** Longer lists than this are not kept for the next message. */
const KEEP = 65_536

/** A reusable list of [from, to) places in the wire bytes. Typed arrays: a hostile request has millions of them. */
export class Ranges {
  length = 0
  from = new Int32Array(FIRST)
  to = new Int32Array(FIRST)

  clear(): void {
    this.length = 0
    if (this.from.length > KEEP) {
      this.from = new Int32Array(FIRST)
      this.to = new Int32Array(FIRST)
    }
  }

  add(from: number, to: number): void {
    const i = this.length++
    if (i === this.from.length) {
      this.from = grown(this.from)
      this.to = grown(this.to)
    }
    this.from[i] = from
    this.to[i] = to
  }
}

function grown(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(list.length * 2)
  larger.set(list)
  return larger
}
