/** Counts the bytes that the receiver holds: bodies being read or decoded, and rows that wait for ClickHouse. */
export class MemoryGate {
  private held = 0

  constructor(readonly limit: number) {}

  get used(): number {
    return this.held
  }

  /** Takes `bytes` if they fit. */
  tryTake(bytes: number): boolean {
    if (this.held + bytes > this.limit) return false
    this.held += bytes
    return true
  }

  /** Takes what is already there: a decoded request may be larger than its body. */
  take(bytes: number): void {
    this.held += bytes
  }

  give(bytes: number): void {
    this.held -= bytes
  }
}
