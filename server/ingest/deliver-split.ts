import type { Chunk } from '@/lib/otel/otlp/decoded'
import { InsertError } from './insert-error'

/** Some rows of a chunk: [from, to). */
export interface Piece {
  readonly chunk: Chunk
  readonly from: number
  readonly to: number
}

/** Finding a bad row takes about 2 × log2(rows) inserts; when everything is bad, the search has to end. */
const MAX_INSERTS = 200

export function rowsOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0)
}

/** The bytes of a piece's rows. */
export function bytesOf({ chunk, from, to }: Piece): Uint8Array {
  const start = from === 0 ? 0 : chunk.ends[from - 1]!
  return chunk.bytes.subarray(start, chunk.ends[to - 1]!)
}

/**
 * A batch was refused for its content: halves it until the bad rows stand alone, inserts all others, and notes the
 * bad ones in `refused`. Returns the error when ClickHouse went away meanwhile.
 */
export async function deliverSplit(
  pieces: readonly Piece[],
  why: InsertError,
  insert: (pieces: readonly Piece[]) => Promise<void>,
  refused: Map<Chunk, { rows: number; message: string }>,
): Promise<Error | null> {
  const open: { pieces: readonly Piece[]; why: InsertError }[] = [{ pieces, why }]
  let inserts = 0
  for (let next = open.pop(); next; next = open.pop()) {
    if (rowsOf(next.pieces) === 1 || inserts >= MAX_INSERTS) {
      for (const { chunk, from, to } of next.pieces) {
        const rows = (refused.get(chunk)?.rows ?? 0) + to - from
        refused.set(chunk, { rows, message: next.why.message })
      }
      continue
    }
    for (const half of halves(next.pieces)) {
      try {
        inserts++
        await insert(half)
      } catch (error) {
        if (!(error instanceof InsertError) || !error.content) {
          return error instanceof Error ? error : new Error(String(error))
        }
        open.push({ pieces: half, why: error })
      }
    }
  }
  return null
}

function halves(pieces: readonly Piece[]): (readonly Piece[])[] {
  const target = Math.floor(rowsOf(pieces) / 2)
  const left: Piece[] = []
  const right: Piece[] = []
  let taken = 0
  for (const piece of pieces) {
    const rows = piece.to - piece.from
    const here = Math.min(rows, target - taken)
    if (here > 0) left.push({ ...piece, to: piece.from + here })
    if (here < rows) right.push({ ...piece, from: piece.from + here })
    taken += here
  }
  return [left, right]
}
