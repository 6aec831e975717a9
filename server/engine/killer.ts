import type { Session } from './session'

/** A kill that comes before its query has started hits nothing: it is tried again after this time. */
const AGAIN_MS = 150

/**
 * Asks the engine to stop queries by their tags, one statement for all that are due. Never on the main
 * thread, since a kill takes a few hundred milliseconds when the processors are busy, and never SYNC,
 * since that may not return.
 */
export class Killer {
  readonly #session: Session
  readonly #due = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  #busy: Promise<void> = Promise.resolve()
  #killing = false
  #closed = false

  constructor(session: Session) {
    this.#session = session
    session.runSync('SET max_threads = 1')
  }

  /** Kills until `release` is called for the tag. */
  kill(tag: string): void {
    this.#due.add(tag)
    this.#strike()
  }

  release(tag: string): void {
    this.#due.delete(tag)
  }

  /** Resolves when nothing runs on its session any more. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#busy
  }

  #strike(): void {
    if (this.#killing || this.#closed || this.#due.size === 0) return
    this.#killing = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    const due = [...this.#due]
    const tags = due.map((tag) => `'${tag}'`).join(', ')
    this.#busy = this.#session.run(`KILL QUERY WHERE Settings['workload'] IN (${tags}) ASYNC`).then(
      () => this.#rest(due),
      () => this.#rest(due),
    )
  }

  #rest(struck: readonly string[]): void {
    this.#killing = false
    if ([...this.#due].some((tag) => !struck.includes(tag))) {
      this.#strike()
      return
    }
    this.#timer = setTimeout(() => this.#strike(), AGAIN_MS)
    this.#timer.unref()
  }
}
