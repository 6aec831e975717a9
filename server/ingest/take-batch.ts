import type { QueuedChunk } from './table-queue'

/** One INSERT carries at most so many rows, bytes and days. */
const MAX_ROWS = 20_000
const MAX_BYTES = 16 * 1024 * 1024
/** A day with fewer waiting rows may share an INSERT: thousands of stray days must not make thousands of INSERTs. */
const STRAY_ROWS = 100
/** Fewer than the 100 partitions that ClickHouse accepts in one INSERT; each one costs about 20 ms. */
const MAX_STRAY_DAYS = 20

export interface Batch {
  readonly batch: readonly QueuedChunk[]
  readonly rest: QueuedChunk[]
  /** The batch is of other days than about today. */
  readonly far: boolean
}

/**
 * Takes the next batch: one day, since one batch should touch one partition (a deduplication token covers a batch of
 * one partition only). Days with few rows share one INSERT when they are not today's. Rows of today do not wait
 * behind a backlog of old days: near and far take turns.
 */
export function takeBatch(waiting: readonly QueuedChunk[], today: number, farLast: boolean): Batch {
  const isFar = (day: number) => Math.abs(day - today) > 1
  const wanted = waiting.find(({ chunk }) => isFar(chunk.day) !== farLast) ?? waiting[0]!
  const first = wanted.chunk.day
  const far = isFar(first)
  const days = far ? withStrayDays(first, waiting, isFar) : new Set([first])
  const batch: QueuedChunk[] = []
  const rest: QueuedChunk[] = []
  let rows = 0
  let bytes = 0
  let full = false
  for (const item of waiting) {
    const { chunk } = item
    if (full || !days.has(chunk.day)) {
      rest.push(item)
      continue
    }
    full = batch.length > 0 && (rows + chunk.rows > MAX_ROWS || bytes + chunk.bytes.length > MAX_BYTES)
    if (full) {
      rest.push(item)
      continue
    }
    batch.push(item)
    rows += chunk.rows
    bytes += chunk.bytes.length
  }
  return { batch, rest, far }
}

function withStrayDays(
  first: number,
  waiting: readonly QueuedChunk[],
  isFar: (day: number) => boolean,
): ReadonlySet<number> {
  const rowsByDay = new Map<number, number>()
  for (const { chunk } of waiting) rowsByDay.set(chunk.day, (rowsByDay.get(chunk.day) ?? 0) + chunk.rows)
  const isStray = (day: number) => (rowsByDay.get(day) ?? 0) < STRAY_ROWS
  const days = new Set([first])
  if (!isStray(first)) return days
  for (const day of rowsByDay.keys()) {
    if (days.size < MAX_STRAY_DAYS && isFar(day) && isStray(day)) days.add(day)
  }
  return days
}
