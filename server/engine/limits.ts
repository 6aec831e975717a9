import os from 'node:os'

/**
 * The engine's memory bound counts the whole process, while ClickHouse's limit counts its queries and
 * caches only. Measured with JE_MALLOC_CONF of env.ts: a limit of 350 MB peaks at 803 MB RSS, 500 MB at
 * 1,089 MB, 1.4 GB at 1,987 MB. Pieces of results on their way to clients come on top.
 */
const PROCESS_BYTES = 550e6
const RSS_PER_BYTE = 1.3
const LEAST_BYTES = 256e6

export interface Limits {
  readonly maxServerMemory: number
  readonly markCache: number
  readonly indexMarkCache: number
  readonly primaryIndexCache: number
  readonly textIndexCache: number
  readonly threads: number
}

export function deriveLimits(memoryBytes: number): Limits {
  const maxServerMemory = Math.floor(Math.max(LEAST_BYTES, (memoryBytes - PROCESS_BYTES) / RSS_PER_BYTE))
  const share = (part: number, most: number): number => Math.floor(Math.min(most, maxServerMemory * part))
  return {
    maxServerMemory,
    markCache: share(0.05, 512e6),
    indexMarkCache: share(0.03, 256e6),
    primaryIndexCache: share(0.05, 512e6),
    textIndexCache: share(0.03, 256e6),
    threads: os.availableParallelism(),
  }
}
