import type { Chunk, DecodeClock, Decoded } from './decoded'
import type { RecordError, RejectReason } from './record-error'
import { RowWriter } from './row-writer'
import type { TableName } from './tables'

const DAY_MS = 86_400_000
const NANOS_PER_DAY = 86_400_000_000_000n
const TWO_32 = 4294967296
/** Buffers above this are not kept for the next request. */
const KEEP_BYTES = 4 * 1024 * 1024
const KEEP_WRITERS = 16

/**
 * Each record is stored with its resource, so that a small body with a large resource and millions of empty records
 * would fill the memory.
 */
const MAX_ROW_BYTES = 128 * 1024 * 1024

export class TooManyRowsError extends Error {}

/** Buffers outlive requests, so that a busy receiver does not allocate megabytes for each. */
const spare: RowWriter[] = []

/** Collects the rows of one request by table and day, and the fate of its records. */
export class RowSink {
  private readonly writers = new Map<TableName, Map<number, RowWriter>>()
  private accepted = 0
  private bytes = 0
  private rejected = 0
  private old = 0
  private future = 0
  private readonly reasons: Partial<Record<RejectReason, number>> = {}
  private readonly messages: string[] = []
  private readonly oldestHigh: number
  private readonly futureHigh: number

  // The day of the row before: most rows of a request are of one day and one table.
  private day = 0
  private dayFromLow = 1
  private dayFromHigh = 0
  private dayToLow = 0
  private dayToHigh = 0
  private lastTable: TableName | null = null
  private lastDay = -1
  private lastWriter = new RowWriter(0)

  constructor(readonly clock: DecodeClock) {
    this.oldestHigh = highHalf(clock.oldestMs)
    this.futureHigh = highHalf(clock.nowMs + DAY_MS)
  }

  /** The buffer for a row of `table` at the given time in ns since 1970. */
  writer(table: TableName, lo: number, hi: number): RowWriter {
    this.setDay(lo, hi)
    if (table === this.lastTable && this.day === this.lastDay) return this.lastWriter
    let days = this.writers.get(table)
    if (!days) {
      days = new Map()
      this.writers.set(table, days)
    }
    let writer = days.get(this.day)
    if (!writer) {
      // Small ones for a request that scatters its records over thousands of days.
      writer = spare.pop() ?? new RowWriter(days.size < 4 ? 16 * 1024 : 1024)
      days.set(this.day, writer)
    }
    this.lastTable = table
    this.lastDay = this.day
    this.lastWriter = writer
    return writer
  }

  /** Closes a row; `hi` is the upper half of its time. */
  accept(writer: RowWriter, hi: number): void {
    this.bytes += writer.pos - writer.rowStart()
    if (this.bytes > MAX_ROW_BYTES) {
      const most = MAX_ROW_BYTES / 1024 / 1024
      throw new TooManyRowsError(`the request unfolds to more than ${most} MiB of rows: send smaller batches`)
    }
    writer.endRow()
    this.accepted++
    // Steps of 4.3 s are fine enough to tell last week from today.
    if (hi < this.oldestHigh) this.old++
    else if (hi > this.futureHigh) this.future++
  }

  reject(error: RecordError, count = 1): void {
    if (count === 0) return
    this.rejected += count
    if (this.reasons[error.reason] === undefined) this.messages.push(error.message)
    this.reasons[error.reason] = (this.reasons[error.reason] ?? 0) + count
  }

  finish(): Decoded {
    const chunks: Chunk[] = []
    for (const [table, days] of this.writers) {
      for (const [day, writer] of days) {
        if (writer.ends.length > 0) {
          chunks.push({
            table,
            day,
            rows: writer.ends.length,
            bytes: writer.bytes.slice(0, writer.pos) as Uint8Array<ArrayBuffer>,
            ends: Uint32Array.from(writer.ends),
          })
        }
      }
    }
    this.release()
    const { accepted, rejected, reasons, old, future } = this
    const message = this.messages.join('; ')
    return { chunks, accepted, rejected, reasons, message, old, future }
  }

  /** Gives the buffers back; also after a request that could not be decoded. */
  release(): void {
    for (const days of this.writers.values()) {
      for (const writer of days.values()) {
        writer.clear()
        if (writer.bytes.length <= KEEP_BYTES && spare.length < KEEP_WRITERS) spare.push(writer)
      }
    }
    this.writers.clear()
    this.lastTable = null
  }

  private setDay(lo: number, hi: number): void {
    const after = hi > this.dayFromHigh || (hi === this.dayFromHigh && lo >= this.dayFromLow)
    const before = hi < this.dayToHigh || (hi === this.dayToHigh && lo < this.dayToLow)
    if (after && before) return
    const day = ((BigInt(hi) << 32n) | BigInt(lo)) / NANOS_PER_DAY
    const from = day * NANOS_PER_DAY
    const to = from + NANOS_PER_DAY
    this.day = Number(day)
    this.dayFromLow = Number(from & 0xffffffffn)
    this.dayFromHigh = Number(from >> 32n)
    this.dayToLow = Number(to & 0xffffffffn)
    this.dayToHigh = Number(to >> 32n)
  }
}

function highHalf(ms: number): number {
  return Math.floor((Math.max(0, ms) * 1e6) / TWO_32)
}
