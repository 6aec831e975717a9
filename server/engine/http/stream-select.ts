import type { Session } from '../session'
import type { Job } from './execute'

/** Sends a result as it comes. What was read is asked for while the head of the answer is held back. */
export async function streamSelect(
  { engine, running, answer }: Job,
  pieces: ReturnType<Session['stream']>,
): Promise<void> {
  const { summary } = answer
  const readsMeanwhile = await engine.watchReads()
  let counted = false
  for await (const piece of pieces) {
    if (running.cancelled) continue
    summary.resultRows += piece.rows
    summary.resultBytes += piece.bytes.length
    const progress = answer.holding && piece.rows > 0 ? await engine.progress.read(running.tag) : null
    if (progress !== null) {
      counted = true
      summary.readRows = progress.readRows
      summary.readBytes = progress.readBytes
      summary.totalRowsToRead = progress.totalRows
      summary.memoryUsage = progress.memory
    }
    if (piece.bytes.length > 0) await answer.write(piece.bytes)
  }
  const reads = counted || !answer.holding ? null : await readsMeanwhile()
  if (reads === null) return
  summary.readRows = reads.rows
  summary.readBytes = reads.bytes
}
