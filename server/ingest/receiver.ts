import type { Encoding } from '@/lib/otel/otlp/answers'
import type { Decoded, Signal } from '@/lib/otel/otlp/decoded'
import type { Batcher } from './batcher'
import type { DecodePool } from './decode-pool'
import type { WorkerAnswer } from './decode-worker'
import type { Compression } from './decompress'
import type { IngestMetrics, Refusal, Transport } from './ingest-metrics'
import type { MemoryGate } from './memory-gate'

/** What a transport tells the sender. */
export type Outcome =
  | { readonly kind: 'stored'; readonly rejected: number; readonly message: string }
  | { readonly kind: Refusal; readonly message: string }

export interface Request {
  readonly signal: Signal
  readonly transport: Transport
  readonly encoding: Encoding
  readonly compression: Compression
  readonly body: Uint8Array<ArrayBuffer>
}

export interface ReceiverOptions {
  readonly pool: DecodePool
  readonly batcher: Batcher
  readonly memory: MemoryGate
  readonly metrics: IngestMetrics
  /** How long each signal's rows live: older ones are counted. */
  readonly retentionMs: Readonly<Record<Signal, number>>
  readonly log: (line: string) => void
}

/** One export request from its body to the rows in ClickHouse: the same way for HTTP and gRPC. */
export class Receiver {
  private open = 0
  readonly lastReceivedAt: Record<Signal, number | null> = { traces: null, logs: null, metrics: null }

  constructor(private readonly options: ReceiverOptions) {}

  /** Requests that have not been answered yet. */
  get openRequests(): number {
    return this.open
  }

  /** The caller has taken the body's bytes from the memory gate and gives them back afterwards. */
  async receive(request: Request): Promise<Outcome> {
    const { signal, transport } = request
    this.open++
    this.lastReceivedAt[signal] = Date.now()
    this.options.metrics.received(signal, transport, request.body.length)
    try {
      const outcome = await this.decodeAndStore(request)
      if (outcome.kind !== 'stored') this.options.metrics.refused(signal, transport, outcome.kind)
      return outcome
    } finally {
      this.open--
    }
  }

  /** Counts a request that was refused before its body was read. */
  refuseUnread(signal: Signal, transport: Transport, reason: Refusal): void {
    this.options.metrics.received(signal, transport, 0)
    this.options.metrics.refused(signal, transport, reason)
  }

  private async decodeAndStore(request: Request): Promise<Outcome> {
    const { signal, encoding, compression, body } = request
    const nowMs = Date.now()
    const clock = { nowMs, oldestMs: nowMs - this.options.retentionMs[signal] }
    const answer = await this.options.pool.decode({ signal, encoding, compression, body, clock })
    if (answer.kind !== 'rows') return this.refuse(answer)
    return this.store(signal, answer.decoded)
  }

  private refuse(answer: Exclude<WorkerAnswer, { kind: 'rows' }>): Outcome {
    if (answer.kind === 'lost') return { kind: 'busy', message: 'the request was interrupted: send it again' }
    if (answer.kind === 'fault') {
      this.options.log(`decoding failed, the request was refused: ${answer.message}`)
      return { kind: 'internal', message: 'the receiver failed on this request; its log says more' }
    }
    return answer
  }

  private async store(signal: Signal, decoded: Decoded): Promise<Outcome> {
    const { memory, batcher, metrics } = this.options
    const bytes = decoded.chunks.reduce((sum, chunk) => sum + chunk.bytes.length + chunk.ends.byteLength, 0)
    memory.take(bytes)
    try {
      const delivery = await batcher.add(decoded.chunks)
      if (!delivery.delivered) return { kind: 'busy', message: delivery.message }
      metrics.stored(signal, decoded, delivery.refused)
      return {
        kind: 'stored',
        rejected: decoded.rejected + delivery.refused,
        message: [decoded.message, delivery.message].filter(Boolean).join('; '),
      }
    } finally {
      memory.give(bytes)
    }
  }
}
