import type { Session } from './session'

export interface Progress {
  readonly readRows: number
  readonly readBytes: number
  readonly totalRows: number
  readonly memory: number
}

/**
 * Reads how far running queries have come from system.processes: chDB tells a caller only the rows of
 * the result, not those read from tables. A query is there from its start until the end of its stream
 * has been fetched, so the last reading after its last piece is final. Askers at the same moment share
 * one reading.
 */
export class ProgressReader {
  readonly #session: Session
  #busy: Promise<void> = Promise.resolve()
  #next: Promise<Map<string, Progress>> | null = null

  constructor(session: Session) {
    this.#session = session
    session.runSync('SET max_threads = 1')
  }

  async read(tag: string): Promise<Progress | null> {
    this.#next ??= this.#startNext()
    return (await this.#next).get(tag) ?? null
  }

  #startNext(): Promise<Map<string, Progress>> {
    const reading = this.#busy.then(() => {
      this.#next = null
      return this.#readAll()
    })
    this.#busy = reading.then(
      () => undefined,
      () => undefined,
    )
    return reading
  }

  async #readAll(): Promise<Map<string, Progress>> {
    // Where memory is short, this question may be refused too: then nothing is known, and no query fails for it.
    const answer = await this.#session
      .run(
        `SELECT Settings['workload'], read_rows, read_bytes, total_rows_approx, peak_memory_usage
         FROM system.processes`,
      )
      .catch(() => Buffer.alloc(0))
    const found = new Map<string, Progress>()
    for (const line of answer.toString().split('\n')) {
      const [tag, rows, bytes, total, memory] = line.split('\t')
      if (tag === undefined || tag === '' || rows === undefined) continue
      found.set(tag, {
        readRows: Number(rows),
        readBytes: Number(bytes),
        totalRows: Number(total),
        memory: Number(memory),
      })
    }
    return found
  }
}
