import { describe, expect, test } from 'vitest'
import type { Chunk } from '@/lib/otel/otlp/decoded'
import { Batcher } from './batcher'
import { bytesOf, rowsOf } from './deliver-split'
import { InsertError } from './insert-error'
import type { Insert, QueuedChunk } from './table-queue'
import { takeBatch } from './take-batch'

/** A chunk whose rows are the bytes of a text. */
function chunk(text: string, day = 100): Chunk {
  const bytes = new TextEncoder().encode(text)
  const ends = Uint32Array.from(bytes, (_, i) => i + 1)
  return { table: 'otel_logs', day, rows: bytes.length, bytes, ends }
}

function batcher(insert: Insert, retryMs = 1000) {
  const retries: string[] = []
  const options = { insert, flushMs: 5, flushRows: 100, retryMs, tokenPrefix: 't' }
  return { retries, batcher: new Batcher({ ...options, onRetry: (error) => retries.push(error.message) }) }
}

const text = (pieces: Parameters<Insert>[1]) => Buffer.concat(pieces.map(bytesOf)).toString()

describe('batches', () => {
  test('requests that arrive together are one INSERT, and are acknowledged after it', async () => {
    const inserted: string[] = []
    const { batcher: queue } = batcher(async (_, pieces) => {
      inserted.push(text(pieces))
    })
    const results = await Promise.all([queue.add([chunk('ab')]), queue.add([chunk('c')]), queue.add([])])
    expect(inserted).toEqual(['abc'])
    expect(results.every((result) => result.delivered)).toBe(true)
  })

  test('enough rows do not wait for the clock', async () => {
    const { batcher: queue } = batcher(async () => {})
    const began = performance.now()
    await queue.add([chunk('x'.repeat(100))])
    expect(performance.now() - began).toBeLessThan(500)
  })

  test('one INSERT per table at a time; what arrives meanwhile is the next one', async () => {
    const inserted: string[] = []
    let running = 0
    let most = 0
    const gates: (() => void)[] = []
    const { batcher: queue } = batcher(async (_, pieces) => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => gates.push(resolve))
      inserted.push(text(pieces))
      running--
    })
    const first = queue.add([chunk('a')])
    await expect.poll(() => gates.length).toBe(1)
    const others = [queue.add([chunk('b')]), queue.add([chunk('c')])]
    gates[0]?.()
    await first
    await expect.poll(() => gates.length).toBe(2)
    gates[1]?.()
    await Promise.all(others)
    expect([inserted, most]).toEqual([['a', 'bc'], 1])
  })

  test('a failed INSERT is tried again with the same token', async () => {
    const tokens: string[] = []
    const { batcher: queue, retries } = batcher(async (_table, _pieces, token) => {
      tokens.push(token)
      if (tokens.length < 3) throw new InsertError('away', false)
    })
    expect(await queue.add([chunk('a')])).toMatchObject({ delivered: true })
    expect(new Set(tokens).size).toBe(1)
    expect(retries).toEqual(['away', 'away'])
    await queue.add([chunk('a')])
    expect(new Set(tokens).size).toBe(2)
  })

  test('after the time for retries the sender is told', async () => {
    const { batcher: queue } = batcher(async () => {
      throw new InsertError('away', false)
    }, 50)
    expect(await queue.add([chunk('a')])).toEqual({ delivered: false, refused: 0, message: 'away' })
  })
})

describe('rows refused for their content', () => {
  const refuseX: Insert = async (_, pieces) => {
    if (text(pieces).includes('X')) throw new InsertError('no X here', true)
  }

  test('are found one by one, all others are inserted once', async () => {
    let stored = ''
    const { batcher: queue } = batcher(async (table, pieces, token) => {
      await refuseX(table, pieces, token)
      stored += text(pieces)
    })
    const results = await Promise.all([
      queue.add([chunk('aXbc')]),
      queue.add([chunk('def')]),
      queue.add([chunk('XgX')]),
    ])
    expect(results.map((result) => result.refused)).toEqual([1, 0, 2])
    expect(results[0]).toMatchObject({ delivered: true, message: 'no X here' })
    expect(Array.from(stored).sort().join('')).toBe('abcdefg')
  })

  test('when all are bad, the search ends', async () => {
    let inserts = 0
    const { batcher: queue } = batcher(async (table, pieces, token) => {
      inserts++
      await refuseX(table, pieces, token)
    })
    expect(await queue.add([chunk('X'.repeat(5000))])).toMatchObject({ delivered: true, refused: 5000 })
    expect(inserts).toBeLessThan(300)
  })

  test('ClickHouse going away in the middle is not a refusal', async () => {
    let inserts = 0
    const { batcher: queue } = batcher(async (_, pieces) => {
      if (inserts++ > 0) throw new InsertError('away', false)
      throw new InsertError(`bad rows: ${rowsOf(pieces)}`, true)
    }, 20)
    expect(await queue.add([chunk('abcd')])).toMatchObject({ delivered: false })
  })
})

describe('which rows share a batch', () => {
  const today = 20_000
  const queued = (rows: number, day: number): QueuedChunk => ({
    chunk: chunk('r'.repeat(rows), day),
    since: 0,
    resolve: () => {},
  })
  const days = (items: readonly QueuedChunk[]) => items.map((item) => item.chunk.day)

  test('one day, so one partition', () => {
    const { batch, rest } = takeBatch([queued(5, today), queued(5, today - 1), queued(5, today)], today, true)
    expect([days(batch), days(rest)]).toEqual([[today, today], [today - 1]])
  })

  test('stray days share an INSERT, fewer than ClickHouse allows', () => {
    const waiting = Array.from({ length: 300 }, (_, i) => queued(1, i))
    const { batch, rest } = takeBatch(waiting, today, true)
    expect([batch.length, rest.length]).toEqual([20, 280])
  })

  test('a backlog of old days and today take turns', () => {
    const waiting = [queued(1, 1), queued(1, 2), queued(1, today)]
    expect(days(takeBatch(waiting, today, true).batch)).toEqual([today])
    expect(days(takeBatch(waiting, today, false).batch)).toEqual([1, 2])
  })

  test('at most 20,000 rows, but never nothing', () => {
    const { batch } = takeBatch([queued(60_000, today), queued(1, today)], today, true)
    expect(batch).toHaveLength(1)
    const waiting = Array.from({ length: 12 }, () => queued(10_000, today))
    expect(takeBatch(waiting, today, true).batch).toHaveLength(2)
  })
})
