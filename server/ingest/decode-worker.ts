import { parentPort } from 'node:worker_threads'
import { type DecodeJob, type DecodeResult, runDecodeJob } from './decode-job'

/** What the pool sends and receives; answers come in the order of the questions. */
export type WorkerAnswer =
  | DecodeResult
  /** The decoder itself failed on this job. */
  | { readonly kind: 'fault'; readonly message: string }
  /** The thread died while another job ran. */
  | { readonly kind: 'lost' }

const port = parentPort
if (!port) throw new Error('decode-worker.ts runs as a worker thread')

port.on('message', (job: DecodeJob) => {
  const answer = decode(job)
  const buffers =
    answer.kind === 'rows' ? answer.decoded.chunks.flatMap((c) => [c.bytes.buffer, c.ends.buffer]) : []
  port.postMessage(answer, buffers)
})

function decode(job: DecodeJob): WorkerAnswer {
  try {
    return runDecodeJob(job)
  } catch (error) {
    return { kind: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
