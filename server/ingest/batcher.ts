import type { Chunk } from '@/lib/otel/otlp/decoded'
import type { TableName } from '@/lib/otel/otlp/tables'
import { TableQueue, type TableQueueOptions } from './table-queue'

/** What became of the chunks of one request. */
export interface Delivery {
  /** False: ClickHouse could not be reached in time; the sender has to come again. */
  readonly delivered: boolean
  /** Rows that ClickHouse refused for their content. */
  readonly refused: number
  readonly message: string
}

/** One queue per table: requests that arrive together are inserted together. */
export class Batcher {
  private readonly queues = new Map<TableName, TableQueue>()

  constructor(private readonly options: TableQueueOptions) {}

  async add(chunks: readonly Chunk[]): Promise<Delivery> {
    const all = await Promise.all(chunks.map((chunk) => this.queue(chunk.table).add(chunk)))
    const failed = all.find((delivery) => !delivery.delivered)
    return {
      delivered: failed === undefined,
      refused: all.reduce((sum, delivery) => sum + delivery.refused, 0),
      message: failed?.message ?? all.find((delivery) => delivery.refused > 0)?.message ?? '',
    }
  }

  /** Age of the oldest row that waits, in ms; 0 when none does. */
  oldestAgeMs(now: number): number {
    return Math.max(0, ...Array.from(this.queues.values(), (queue) => queue.ageMs(now)))
  }

  waitingRows(): number {
    return Array.from(this.queues.values()).reduce((sum, queue) => sum + queue.rows, 0)
  }

  private queue(table: TableName): TableQueue {
    let queue = this.queues.get(table)
    if (!queue) {
      queue = new TableQueue(table, this.options)
      this.queues.set(table, queue)
    }
    return queue
  }
}
