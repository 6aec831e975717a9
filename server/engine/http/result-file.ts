import { createReadStream, readFileSync, statSync } from 'node:fs'
import { open, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { EngineError } from '../exception'
import type { Running } from '../running'
import type { Answer } from './answer'

const MOST_BYTES = 4 * 1024 ** 3
/** Other things need the disk too. */
const KEEP_FREE_BYTES = 512 * 1024 ** 2
const LOOK_MS = 200
/** A result up to this size is read at once. */
const SMALL_BYTES = 1024 * 1024
/** The statistics of a document are in here. */
const TAIL_BYTES = 1024

/** Kills the query that writes this file when it gets too large. Returns how to stop, and why it was killed. */
export function watchSize(
  file: string,
  running: Pick<Running, 'cancel'>,
  mostBytes = MOST_BYTES,
): () => EngineError | null {
  let refusal: EngineError | null = null
  const look = async (): Promise<void> => {
    const [size, free] = await Promise.all([sizeOf(file), freeBytes(file)])
    if (size > mostBytes) {
      refusal ??= new EngineError(
        396,
        'The result is larger than 4 GiB, the most for a format that is one document. Ask for less, or use a format of rows: JSONEachRow, TSV, CSV, RowBinary, Native',
      )
    } else if (free < KEEP_FREE_BYTES) {
      refusal ??= new EngineError(243, 'There is not enough space on the disk for this result')
    }
    if (refusal !== null) running.cancel()
  }
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS)
  return () => {
    clearInterval(timer)
    return refusal
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
}

async function freeBytes(file: string): Promise<number> {
  const disk = await statfs(path.dirname(file))
  return disk.bavail * disk.bsize
}

/** A finished result in a file. */
export interface ResultFile {
  readonly file: string
  readonly size: number
  /** All of it when it is small. */
  readonly content: Buffer | null
  readonly tail: string
}

export async function openResult(file: string): Promise<ResultFile> {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size <= SMALL_BYTES) {
    // It was written a moment ago and is in memory: ten times as fast here as by the thread pool.
    const content = size === 0 ? Buffer.alloc(0) : readFileSync(file)
    return { file, size, content, tail: content.subarray(-TAIL_BYTES).toString() }
  }
  const handle = await open(file)
  try {
    const tail = Buffer.alloc(TAIL_BYTES)
    await handle.read(tail, 0, TAIL_BYTES, size - TAIL_BYTES)
    return { file, size, content: null, tail: tail.toString() }
  } finally {
    await handle.close()
  }
}

/** Sends it as fast as the client takes it. */
export async function sendResult(result: ResultFile, answer: Answer, running: Running): Promise<void> {
  if (result.content !== null) return answer.write(result.content)
  answer.complete()
  for await (const piece of createReadStream(result.file, { highWaterMark: 256 * 1024 })) {
    if (running.cancelled) return
    await answer.write(piece as Buffer)
  }
}
