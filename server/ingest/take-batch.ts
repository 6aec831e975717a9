import type { QueuedChunk } from './table-queue'

/** One INSERT carries at most so many rows, bytes and days. */
const MAX_ROWS = 50_000
const MAX_BYTES = 32 * 1024 * 1024
/** A day with fewer waiting rows may share an INSERT: thousands of stray days must not make thousands of INSERTs. */
const STRAY_ROWS = 100
const MAX_STRAY_DAYS = 50

/**
 * Takes the next batch: the day of the oldest chunk, since one batch should touch one partition (a deduplication
 * token covers a batch of one partition only). When that day is a stray one, other stray days come along, fewer
 * than the 100 partitions that ClickHouse accepts in one INSERT.
 */
export function takeBatch(waiting: readonly QueuedChunk[]): { batch: QueuedChunk[]; rest: QueuedChunk[] } {
  const rowsByDay = new Map<number, number>()
  for (const { chunk } of waiting) rowsByDay.set(chunk.day, (rowsByDay.get(chunk.day) ?? 0) + chunk.rows)
  const first = waiting[0]!.chunk.day
  const isStray = (day: number) => (rowsByDay.get(day) ?? 0) < STRAY_ROWS
  const days = new Set([first])
  if (isStray(first)) {
    for (const day of rowsByDay.keys()) if (days.size < MAX_STRAY_DAYS && isStray(day)) days.add(day)
  }
  const batch: QueuedChunk[] = []
  const rest: QueuedChunk[] = []
  let rows = 0
  let bytes = 0
  let full = false
  for (const item of waiting) {
    const { chunk } = item
    const fits =
      batch.length === 0 || (rows + chunk.rows <= MAX_ROWS && bytes + chunk.bytes.length <= MAX_BYTES)
    if (days.has(chunk.day) && !fits) full = true
    if (!full && days.has(chunk.day)) {
      batch.push(item)
      rows += chunk.rows
      bytes += chunk.bytes.length
    } else rest.push(item)
  }
  return { batch, rest }
}
