import { setTimeout as sleep } from 'node:timers/promises'
import type { Chunk } from '@/lib/otel/otlp/decoded'
import type { TableName } from '@/lib/otel/otlp/tables'
import type { Delivery } from './batcher'
import { deliverSplit, type Piece } from './deliver-split'
import { InsertError } from './insert-error'
import { takeBatch } from './take-batch'

/** Inserts one batch. Rejects with an InsertError. */
export type Insert = (table: TableName, pieces: readonly Piece[], token: string) => Promise<void>

export interface TableQueueOptions {
  readonly insert: Insert
  readonly flushMs: number
  readonly flushRows: number
  /** A batch is tried again for so long before its senders are told to come again. */
  readonly retryMs: number
  /** A prefix for deduplication tokens that no other process uses. */
  readonly tokenPrefix: string
  readonly onRetry: (error: Error) => void
}

/** A chunk that waits, and the request that waits for it. */
export interface QueuedChunk {
  readonly chunk: Chunk
  readonly since: number
  readonly resolve: (delivery: Delivery) => void
}

const DAY_MS = 86_400_000
const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 1000

/** Collects the rows of one table and inserts them, one INSERT at a time. */
export class TableQueue {
  rows = 0
  private waiting: QueuedChunk[] = []
  private running = false
  private wake: (() => void) | null = null
  private sequence = 0
  private farLast = true

  constructor(
    readonly table: TableName,
    private readonly options: TableQueueOptions,
  ) {}

  add(chunk: Chunk): Promise<Delivery> {
    return new Promise((resolve) => {
      this.waiting.push({ chunk, since: performance.now(), resolve })
      this.rows += chunk.rows
      if (this.rows >= this.options.flushRows) this.wake?.()
      if (!this.running) void this.run()
    })
  }

  ageMs(now: number): number {
    const [oldest] = this.waiting
    return oldest ? now - oldest.since : 0
  }

  private async run(): Promise<void> {
    this.running = true
    while (this.waiting.length > 0) {
      await this.gather()
      const today = Math.floor(Date.now() / DAY_MS)
      const { batch, rest, far } = takeBatch(this.waiting, today, this.farLast)
      this.waiting = rest
      this.farLast = far
      await this.deliver(batch)
      for (const { chunk } of batch) this.rows -= chunk.rows
    }
    this.running = false
  }

  /** Waits until the oldest chunk is old enough or there are rows enough. */
  private async gather(): Promise<void> {
    const left = this.options.flushMs - this.ageMs(performance.now())
    if (this.rows >= this.options.flushRows || left <= 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.wake = null
  }

  private async deliver(batch: readonly QueuedChunk[]): Promise<void> {
    const pieces = batch.map(({ chunk }): Piece => ({ chunk, from: 0, to: chunk.rows }))
    const refused = new Map<Chunk, { rows: number; message: string }>()
    let problem: Error | null = null
    try {
      await this.insertWithRetry(pieces)
    } catch (error) {
      problem = error instanceof Error ? error : new Error(String(error))
      if (error instanceof InsertError && error.content) {
        problem = await deliverSplit(pieces, error, (part) => this.insertWithRetry(part), refused)
      }
    }
    for (const { chunk, resolve } of batch) {
      const bad = refused.get(chunk)
      resolve({
        delivered: problem === null,
        refused: bad?.rows ?? 0,
        message: problem?.message ?? bad?.message ?? '',
      })
    }
  }

  /** The token stays the same for all tries, so that a try whose answer was lost does not double the rows. */
  private async insertWithRetry(pieces: readonly Piece[]): Promise<void> {
    const token = `${this.options.tokenPrefix}-${this.table}-${this.sequence++}`
    const deadline = performance.now() + this.options.retryMs
    for (let pause = FIRST_RETRY_MS; ; pause = Math.min(pause * 2, LONGEST_RETRY_MS)) {
      try {
        return await this.options.insert(this.table, pieces, token)
      } catch (error) {
        if (error instanceof InsertError && error.content) throw error
        const wait = pause * (0.75 + Math.random() / 2)
        if (performance.now() + wait > deadline) throw error
        this.options.onRetry(error instanceof Error ? error : new Error(String(error)))
        await sleep(wait)
      }
    }
  }
}
