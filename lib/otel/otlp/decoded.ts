import type { RejectReason } from './record-error'
import type { TableName } from './tables'

export const SIGNALS = ['traces', 'logs', 'metrics'] as const
export type Signal = (typeof SIGNALS)[number]

/** Rows of one table and one day (so of one partition), in RowBinary. */
export interface Chunk {
  readonly table: TableName
  /** Days since 1970-01-01 UTC. */
  readonly day: number
  readonly rows: number
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each row ends in `bytes`. */
  readonly ends: Uint32Array<ArrayBuffer>
}

/** One export request, turned into rows. */
export interface Decoded {
  readonly chunks: readonly Chunk[]
  readonly accepted: number
  readonly rejected: number
  readonly reasons: Readonly<Partial<Record<RejectReason, number>>>
  /** For people: why records were rejected. Empty when none were. */
  readonly message: string
  /** Accepted records that are older than the retention. */
  readonly old: number
  /** Accepted records that are more than a day ahead. */
  readonly future: number
}

/** What decoding needs to know about the moment. */
export interface DecodeClock {
  readonly nowMs: number
  /** Records before this are counted as old. */
  readonly oldestMs: number
}
