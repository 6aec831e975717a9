import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { writeConfigFiles } from './config-files'
import { Killer } from './killer'
import { deriveLimits, type Limits } from './limits'
import { ProgressReader } from './progress'
import { ReadCounter, type Reads } from './read-counter'
import { Session } from './session'
import { Spool } from './spool'

/** Statements that run at once; more wait in line. Each holds a thread of libuv's pool (env.ts). */
const MOST_RUNNING = 16
const MOST_WAITING = 2000

/** Where ClickHouse's own files are, inside the engine's folder. */
export function databaseFolder(folder: string): string {
  return path.join(folder, 'db')
}

/** chDB on one folder: opens sessions, kills queries, knows what runs. One per process. */
export class Engine {
  readonly version: string
  readonly timezone: string
  readonly limits: Limits
  readonly progress: ProgressReader
  readonly spool: Spool
  readonly killer: Killer
  readonly #folder: string
  readonly #args: readonly string[]
  readonly #control: Session
  readonly #prober: Session
  readonly #killing: Session
  readonly #counting: Session
  readonly #reads: ReadCounter
  readonly #waiting: (() => void)[] = []
  #running = 0
  #entered = 0
  #idleReads: { readonly entered: number; readonly reads: Promise<Reads> } | null = null
  #readsWanted = false
  #closed = false

  /** Opens or creates the folder; throws when it is in use, unwritable or damaged. */
  constructor(folder: string, memoryBytes: number, database: string) {
    this.limits = deriveLimits(memoryBytes)
    this.#folder = databaseFolder(folder)
    mkdirSync(this.#folder, { recursive: true })
    this.#args = [`--config-file=${writeConfigFiles(folder, this.limits, database)}`]
    this.#control = new Session(this.#folder, this.#args)
    this.#prober = new Session(this.#folder, this.#args)
    this.#killing = new Session(this.#folder, this.#args)
    this.#counting = new Session(this.#folder, this.#args)
    this.killer = new Killer(this.#killing)
    this.spool = new Spool(folder)
    this.progress = new ProgressReader(this.#prober)
    this.#reads = new ReadCounter(this.#counting)
    const row = JSON.parse(this.#control.runSync('SELECT version() AS v, timezone() AS z')) as {
      v: string
      z: string
    }
    this.version = row.v
    this.timezone = row.z
  }

  get closed(): boolean {
    return this.#closed
  }

  get running(): number {
    return this.#running
  }

  openSession(): Session {
    return new Session(this.#folder, this.#args)
  }

  /** Waits for a free place; the caller has to call `leave` once. False when too many wait already. */
  async enter(): Promise<boolean> {
    this.#entered++
    if (this.#running < MOST_RUNNING) {
      this.#running++
      return true
    }
    if (this.#waiting.length >= MOST_WAITING) return false
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return true
  }

  leave(): void {
    const next = this.#waiting.shift()
    if (next !== undefined) {
      next()
      return
    }
    this.#running--
    if (this.#running === 0) setImmediate(() => this.#readWhileIdle())
  }

  /** The reading that watchReads needs takes 1.6 ms: better between two queries than at the start of one. */
  #readWhileIdle(): void {
    if (!this.#readsWanted || this.#running > 0 || this.#closed) return
    this.#readsWanted = false
    this.#idleReads = { entered: this.#entered, reads: this.#reads.read() }
  }

  /**
   * For the one statement that is about to run: a function that tells, afterwards, what was read meanwhile,
   * or null when others ran beside it.
   */
  async watchReads(): Promise<() => Promise<{ readonly rows: number; readonly bytes: number } | null>> {
    const entered = this.#entered
    this.#readsWanted = true
    if (this.#running !== 1) return async () => null
    const fresh = this.#idleReads?.entered === entered - 1
    const before = await (fresh ? this.#idleReads?.reads : this.#reads.read())
    return async () => {
      if (before === undefined || this.#entered !== entered) return null
      const reads = await this.#reads.since(before)
      return this.#entered === entered ? reads : null
    }
  }

  /** The engine's own id of the query that carries this tag. */
  nativeQueryId(tag: string): string | null {
    const answer = this.#control.runSync(
      `SELECT query_id FROM system.processes WHERE Settings['workload'] = '${tag}'`,
      'TabSeparatedRaw',
    )
    return answer.trim() || null
  }

  ask<T>(sql: string): T[] {
    const answer = this.#control.runSync(sql)
    return answer
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.killer.close()
    await this.#killing.close()
    await this.#reads.close()
    await this.#counting.close()
    await this.#prober.close()
    await this.#control.close()
    this.spool.close()
  }
}
