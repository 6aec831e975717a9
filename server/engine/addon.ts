import { createRequire } from 'node:module'

/**
 * chDB's native addon, called directly. The public wrapper of the `chdb` package cannot insert binary
 * formats (the addon can), and its close() waits for every query of the process.
 * One connection runs one thing at a time; connections on the same folder run in parallel.
 */

export type Connection = { readonly connection: unique symbol }
export type Stream = { readonly stream: unique symbol }

export interface StreamPiece {
  readonly bytes: Buffer
  readonly numRows: number
  readonly done: boolean
}

export interface Addon {
  CreateConnection(path: string, args: readonly string[]): Connection
  CloseConnection(connection: Connection): void
  QueryWithConnection(connection: Connection, sql: string, format: string): string
  QueryAsyncConnection(
    connection: Connection,
    sql: string,
    format: string,
  ): Promise<{
    bytes: Uint8Array
    elapsed: number
    /** Of the result, not of the tables. */
    rowsRead: number
  }>
  InsertRawAsyncConnection(
    connection: Connection,
    prefix: string,
    data: Buffer,
    countLines: boolean,
  ): Promise<{ rowsWritten: number; bytesWritten: number; elapsed: number }>
  StreamQuery(connection: Connection, sql: string, format: string, params?: Record<string, string>): Stream
  StreamFetch(stream: Stream): Promise<StreamPiece>
  /** Never while a fetch is in flight: it frees what the fetch works on. */
  StreamCancel(stream: Stream): void
}

let loaded: Addon | null = null

/** Loads the library (566 MB): the memory settings of env.ts have to be in the environment before. */
export function loadAddon(): Addon {
  if (loaded === null) {
    const require = createRequire(import.meta.url)
    const fromChdb = createRequire(require.resolve('chdb'))
    const libc = process.platform === 'linux' ? '-gnu' : ''
    loaded = fromChdb(`@chdb/lib-${process.platform}-${process.arch}${libc}`) as Addon
  }
  return loaded
}
