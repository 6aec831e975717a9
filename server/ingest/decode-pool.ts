import os from 'node:os'
import { Worker } from 'node:worker_threads'
import type { DecodeJob } from './decode-job'
import type { WorkerAnswer } from './decode-worker'

interface Waiting {
  readonly job: DecodeJob
  readonly resolve: (answer: WorkerAnswer) => void
}

interface Slot {
  readonly worker: Worker
  /** Sent and not yet answered, oldest first. */
  readonly running: Waiting[]
}

const MAX_WORKERS = 4
/** Two jobs per worker: the next one is there when the first is done. */
const PIPELINE = 2

/** Decodes on worker threads, so that the thread that accepts requests stays free. */
export class DecodePool {
  private readonly slots: Slot[] = []
  private readonly queue: Waiting[] = []
  private closed = false

  constructor(size = Math.min(MAX_WORKERS, Math.max(1, os.availableParallelism() - 1))) {
    for (let i = 0; i < size; i++) this.slots.push(this.start())
  }

  get waiting(): number {
    return this.queue.length
  }

  /** The job's body is transferred: the caller must not touch it afterwards. */
  decode(job: DecodeJob): Promise<WorkerAnswer> {
    return new Promise((resolve) => {
      this.queue.push({ job, resolve })
      this.feed()
    })
  }

  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.slots.map((slot) => slot.worker.terminate()))
  }

  private start(): Slot {
    const worker = new Worker(new URL('./decode-thread.mjs', import.meta.url), {
      execArgv: [],
      // A small young generation makes V8 collect instead of growing. The old one is never near its limit, and must
      // not be: V8 ends the whole process when a thread's heap is full.
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 2048 },
    })
    const slot: Slot = { worker, running: [] }
    worker.on('message', (answer: WorkerAnswer) => {
      slot.running.shift()?.resolve(answer)
      this.feed()
    })
    worker.on('error', (error) => this.replace(slot, error))
    return slot
  }

  /** A worker died (out of memory, say): its first job is the suspect, the others are tried again elsewhere. */
  private replace(slot: Slot, error: unknown): void {
    const index = this.slots.indexOf(slot)
    if (this.closed || index < 0) return
    const [suspect] = slot.running
    suspect?.resolve({ kind: 'fault', message: `a decoding thread died: ${String(error)}` })
    // Bodies that were sent are gone with the worker: their senders are asked to come again.
    for (const lost of slot.running.slice(1)) lost.resolve({ kind: 'lost' })
    this.slots[index] = this.start()
    this.feed()
  }

  private feed(): void {
    for (;;) {
      const slot = this.slots.reduce((a, b) => (b.running.length < a.running.length ? b : a))
      if (slot.running.length >= PIPELINE) return
      const next = this.queue.shift()
      if (!next) return
      slot.running.push(next)
      slot.worker.postMessage(next.job, [next.job.body.buffer])
    }
  }
}
