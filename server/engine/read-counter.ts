import type { Session } from './session'

export interface Reads {
  readonly rows: number
  readonly bytes: number
  /** Rows of system.events at that time: they count too, from the next reading on. */
  readonly events: number
}

const SQL = `SELECT sumIf(value, event = 'SelectedRows'), sumIf(value, event = 'SelectedBytes'), count() FROM system.events`

/**
 * What the whole process has read from tables so far. A query without a result row leaves
 * system.processes before anybody can ask what it has read; when it ran alone, the difference of two
 * readings tells, less what the first of them read itself.
 */
export class ReadCounter {
  readonly #session: Session
  readonly #bytesPerEvent: number
  #busy: Promise<unknown> = Promise.resolve()

  constructor(session: Session) {
    this.#session = session
    session.runSync('SET max_threads = 1')
    const first = parse(session.runSync(SQL, 'TabSeparated'))
    const second = parse(session.runSync(SQL, 'TabSeparated'))
    this.#bytesPerEvent = (second.bytes - first.bytes) / Math.max(1, first.events)
  }

  /** One after the other, and off the main thread. It fails only with the engine; then nothing was read. */
  read(): Promise<Reads> {
    const reading = this.#busy.then(async () => {
      const answer = await this.#session.run(SQL).catch(() => Buffer.from('0\t0\t0'))
      return parse(answer.toString())
    })
    this.#busy = reading
    return reading
  }

  async since(before: Reads): Promise<{ readonly rows: number; readonly bytes: number }> {
    const now = await this.read()
    const own = Math.round(before.events * this.#bytesPerEvent)
    return {
      rows: Math.max(0, now.rows - before.rows - before.events),
      bytes: Math.max(0, now.bytes - before.bytes - own),
    }
  }

  /** Resolves when nothing runs on its session. */
  async close(): Promise<void> {
    await this.#busy
  }
}

function parse(answer: string): Reads {
  const [rows, bytes, events] = answer.split('\t').map(Number)
  return { rows: rows ?? 0, bytes: bytes ?? 0, events: events ?? 0 }
}
