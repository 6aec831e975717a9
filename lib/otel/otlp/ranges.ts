/** A reusable list of [from, to) places in the wire bytes. */
export class Ranges {
  length = 0
  readonly from: number[] = []
  readonly to: number[] = []

  clear(): void {
    this.length = 0
  }

  add(from: number, to: number): void {
    this.from[this.length] = from
    this.to[this.length] = to
    this.length++
  }
}
