import type { FoundRow } from '../search/found-row'

/** Remembers which rows were sent; rows older than the polled range are forgotten two rounds later. */
export class SeenRows {
  private current = new Set<string>()
  private previous = new Set<string>()

  /** True the first time; identical rows of one nanosecond count as one. */
  isNew(row: FoundRow): boolean {
    const key = `${row.timeNs}.${row.lookalike}`
    const known = this.current.has(key) || this.previous.has(key)
    this.current.add(key)
    if (this.current.size > MAX_REMEMBERED) {
      this.previous = this.current
      this.current = new Set()
    }
    return !known
  }
}

/** Many times what one poll can return. */
const MAX_REMEMBERED = 100_000
