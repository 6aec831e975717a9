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

  constructor(session: Session) {
    this.#session = session
    const first = this.read()
    this.#bytesPerEvent = (this.read().bytes - first.bytes) / Math.max(1, first.events)
  }

  read(): Reads {
    const [rows, bytes, events] = this.#session.runSync(SQL, 'TabSeparated').split('\t').map(Number)
    return { rows: rows ?? 0, bytes: bytes ?? 0, events: events ?? 0 }
  }

  since(before: Reads): { readonly rows: number; readonly bytes: number } {
    const now = this.read()
    const own = Math.round(before.events * this.#bytesPerEvent)
    return {
      rows: Math.max(0, now.rows - before.rows - before.events),
      bytes: Math.max(0, now.bytes - before.bytes - own),
    }
  }
}
