import { type Addon, type Connection, loadAddon, type Stream } from './addon'
import { toEngineError } from './exception'

/** The addon takes data with every INSERT. Real data never goes this way: see spool.ts. */
const NO_DATA = Buffer.from('\n')

/**
 * One connection to the engine, opened for one request (0.2 ms) and thrown away after it: settings,
 * roles and temporary tables cannot leak from one query to the next. Errors are EngineErrors.
 */
export class Session {
  readonly #addon: Addon
  readonly #connection: Connection
  #failed = false

  constructor(folder: string, args: readonly string[]) {
    this.#addon = loadAddon()
    this.#connection = this.#addon.CreateConnection(folder, args)
  }

  /** Runs any statement; the answer is held in memory. */
  async run(sql: string, format = 'TabSeparated'): Promise<Buffer> {
    return (await this.runCounting(sql, format)).bytes
  }

  /** As run; tells how many rows the result has, also when the engine writes it to a file. */
  async runCounting(sql: string, format: string): Promise<{ bytes: Buffer; rows: number }> {
    const { bytes, rowsRead } = await this.#guard(
      this.#addon.QueryAsyncConnection(this.#connection, sql, format),
    )
    return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), rows: rowsRead }
  }

  /** As run, on this thread: for short questions that must not wait for the thread pool. */
  runSync(sql: string, format = 'JSONEachRow'): string {
    try {
      return this.#addon.QueryWithConnection(this.#connection, sql, format)
    } catch (error) {
      throw toEngineError(error)
    }
  }

  /**
   * Streams the result of a SELECT (the engine streams nothing else). To end it early, kill the query and
   * read on until it fails: leaving the loop stops it on this thread, which may take seconds.
   */
  async *stream(sql: string, format: string): AsyncGenerator<{ bytes: Buffer; rows: number }, void> {
    let stream: Stream
    try {
      stream = this.#addon.StreamQuery(this.#connection, sql, format)
    } catch (error) {
      this.#failed = true
      throw toEngineError(error)
    }
    let ended = false
    try {
      for (;;) {
        const piece = await this.#guard(this.#addon.StreamFetch(stream)).catch((error: unknown) => {
          ended = true
          throw error
        })
        if (piece.done) {
          ended = true
          return
        }
        yield { bytes: piece.bytes, rows: piece.numRows }
      }
    } finally {
      if (!ended) this.#addon.StreamCancel(stream)
    }
  }

  /** Runs an INSERT that finds its own data (SELECT, FROM INFILE) and counts what it has written. */
  async insert(sql: string): Promise<{ rows: number; bytes: number }> {
    const done = await this.#guard(
      this.#addon.InsertRawAsyncConnection(this.#connection, sql, NO_DATA, false),
    )
    return { rows: done.rowsWritten, bytes: done.bytesWritten }
  }

  /** Only when nothing runs on it. */
  async close(): Promise<void> {
    // A failed query stays in system.processes, holding memory and tables, until the next statement; and
    // freeing what it holds takes a while, which must not happen on this thread.
    if (this.#failed) {
      await this.#addon.QueryAsyncConnection(this.#connection, 'SELECT 1', 'Null').catch(() => undefined)
    }
    this.#addon.CloseConnection(this.#connection)
  }

  async #guard<T>(running: Promise<T>): Promise<T> {
    try {
      return await running
    } catch (error) {
      this.#failed = true
      throw toEngineError(error)
    }
  }
}
