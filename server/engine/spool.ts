import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { EngineError } from './exception'

const MOST_BYTES = 8 * 1024 ** 3

/**
 * Where the data of INSERTs waits, and results that are one document. Data never goes to the engine as
 * part of a statement: chDB takes a blank line for the end of inline data and runs what follows as SQL,
 * so that the text of a log could drop a table. From a file it is data and nothing else, whole, in one
 * INSERT, and in no memory of ours.
 */
export class Spool {
  readonly #folder: string

  constructor(folder: string) {
    // INFILE reads * ? { } in a path as patterns.
    const safe = /[*?{}'\\]/.test(folder)
      ? path.join(os.tmpdir(), `spanlight-spool-${process.pid}`)
      : path.join(folder, 'spool')
    rmSync(safe, { recursive: true, force: true })
    mkdirSync(safe, { recursive: true, mode: 0o700 })
    this.#folder = safe
  }

  /** Writes all of `source` to a file, runs `use` with its path, and removes it. */
  async through<T>(source: AsyncIterable<Buffer>, use: (file: string) => Promise<T>): Promise<T> {
    const file = path.join(this.#folder, randomUUID())
    try {
      await pipeline(limited(source), createWriteStream(file, { mode: 0o600 }))
      return await use(file)
    } finally {
      await rm(file, { force: true })
    }
  }

  /** Runs `use` with the path of a file that is not there yet, and removes it. */
  async forResult<T>(use: (file: string) => Promise<T>): Promise<T> {
    const file = path.join(this.#folder, randomUUID())
    try {
      return await use(file)
    } finally {
      rmSync(file, { force: true })
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function* limited(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0
  for await (const piece of source) {
    size += piece.length
    if (size > MOST_BYTES) {
      throw new EngineError(
        307,
        'The data of one INSERT is larger than 8 GiB: send it in smaller pieces',
        'REQUEST_TOO_LARGE',
      )
    }
    yield piece
  }
}
