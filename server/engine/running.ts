import { tokenize } from '@/server/query/user-sql/lexer'
import type { Engine } from './engine'
import { EngineError } from './exception'
import { quoteString } from './sql-text'

/** One query on its way, from the moment its request is understood. */
export class Running {
  readonly queryId: string
  /** Marks the query inside the engine, which ignores a caller's query id: it is the setting `workload`. */
  readonly tag: string
  readonly all: RunningQueries
  readonly #engine: Engine
  #cancelled = false

  constructor(all: RunningQueries, engine: Engine, queryId: string, tag: string) {
    this.all = all
    this.#engine = engine
    this.queryId = queryId
    this.tag = tag
  }

  get cancelled(): boolean {
    return this.#cancelled
  }

  cancel(): void {
    if (this.#cancelled) return
    this.#cancelled = true
    this.#engine.killer.kill(this.tag)
  }

  finish(): void {
    this.#engine.killer.release(this.tag)
  }

  throwIfCancelled(): void {
    if (this.#cancelled) throw new EngineError(394, 'Query was cancelled')
  }
}

/** The queries on their way, by the id their clients know them by. */
export class RunningQueries {
  readonly #engine: Engine
  readonly #byId = new Map<string, Running>()
  #count = 0

  constructor(engine: Engine) {
    this.#engine = engine
  }

  start(queryId: string): Running {
    if (this.#byId.has(queryId)) {
      throw new EngineError(216, `Query with id = ${queryId} is already running.`)
    }
    this.#count++
    const running = new Running(this, this.#engine, queryId, `sl-${this.#count}`)
    this.#byId.set(queryId, running)
    return running
  }

  finish(running: Running): void {
    running.finish()
    this.#byId.delete(running.queryId)
  }

  /** Puts the engine's own query ids in the place of those that clients know, and ASYNC in that of SYNC. */
  translateKill(sql: string): string {
    let translated = ''
    let from = 0
    for (const token of tokenize(sql)) {
      let replacement: string | null = null
      if (token.kind === 'word' && token.value === 'SYNC') replacement = 'ASYNC'
      if (token.kind === 'string') {
        const running = this.#byId.get(token.text.slice(1, -1))
        if (running !== undefined)
          replacement = quoteString(this.#engine.nativeQueryId(running.tag) ?? running.queryId)
      }
      if (replacement === null) continue
      translated += sql.slice(from, token.from) + replacement
      from = token.to
    }
    return translated + sql.slice(from)
  }

  cancelAll(): void {
    for (const running of this.#byId.values()) running.cancel()
  }
}
