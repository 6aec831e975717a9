import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { encodeMessage } from '@/lib/otel/otlp/json-to-protobuf'
import type { LogsRequest, MetricsRequest, TraceRequest } from './core/otlp'

const compress = promisify(gzip)

export interface SenderOptions {
  /** Base URL of the OTLP/HTTP receiver, for example http://127.0.0.1:4318. */
  readonly endpoint: string
  readonly headers?: Readonly<Record<string, string>>
  /** Protobuf is half the work for both sides; JSON is what the LLM gateway's exporter sends. Default: json. */
  readonly encoding?: 'json' | 'protobuf'
  /** How long one request is tried again while the receiver is away or full. */
  readonly retryForMs?: number
  readonly signal?: AbortSignal
}

/** The receiver said no, or stayed away for too long. */
export class SendError extends Error {}

const FIRST_DELAY_MS = 250
const MAX_DELAY_MS = 5_000

/** A small OTLP/HTTP exporter: JSON or protobuf, gzip, retries with Retry-After, partial success counted as rejection. */
export class Sender {
  private rejectedRecords = 0

  constructor(private readonly options: SenderOptions) {}

  /** Records that the receiver took none of, by partial success. */
  get rejected(): number {
    return this.rejectedRecords
  }

  async traces(request: TraceRequest): Promise<void> {
    await this.send('/v1/traces', 'TracesRequest', request)
  }
  async logs(request: LogsRequest): Promise<void> {
    await this.send('/v1/logs', 'LogsRequest', request)
  }
  async metrics(request: MetricsRequest): Promise<void> {
    await this.send('/v1/metrics', 'MetricsRequest', request)
  }

  private get protobuf(): boolean {
    return this.options.encoding === 'protobuf'
  }

  private async send(path: string, message: string, request: unknown): Promise<void> {
    const url = new URL(path, this.options.endpoint)
    const plain = this.protobuf ? encodeMessage(message, request) : JSON.stringify(request)
    const body = await compress(plain, { level: 1 })
    const deadline = Date.now() + (this.options.retryForMs ?? 60_000)
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
      const outcome = await this.attempt(url, body)
      if (outcome === 'sent') return
      if (Date.now() + delay > deadline) throw new SendError(`${url.href}: ${outcome.reason}`)
      await pause(outcome.waitMs ?? delay, this.options.signal)
    }
  }

  private async attempt(url: URL, body: Uint8Array): Promise<'sent' | { reason: string; waitMs?: number }> {
    this.options.signal?.throwIfAborted()
    let response: Response
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': this.protobuf ? 'application/x-protobuf' : 'application/json',
          'content-encoding': 'gzip',
          ...this.options.headers,
        },
        body: new Uint8Array(body),
        signal: this.options.signal ?? null,
      })
    } catch (error) {
      this.options.signal?.throwIfAborted()
      return { reason: `the OTLP receiver does not answer (${causeOf(error)})` }
    }
    const answer = Buffer.from(await response.arrayBuffer())
    if (response.ok) {
      this.rejectedRecords += this.protobuf ? rejectedInProtobuf(answer) : rejectedInJson(answer.toString())
      return 'sent'
    }
    const reason = `HTTP ${response.status} ${answer
      .toString()
      .replace(/[^ -~]+/g, ' ')
      .slice(0, 200)}`
    if (![429, 502, 503, 504].includes(response.status)) throw new SendError(`${url.href}: ${reason}`)
    const after = Number(response.headers.get('retry-after'))
    return after > 0 ? { reason, waitMs: after * 1000 } : { reason }
  }
}

function rejectedInJson(text: string): number {
  try {
    const answer: { partialSuccess?: Record<string, string> } = JSON.parse(text)
    const { rejectedSpans, rejectedLogRecords, rejectedDataPoints } = answer.partialSuccess ?? {}
    return Number(rejectedSpans ?? rejectedLogRecords ?? rejectedDataPoints ?? 0)
  } catch {
    return 0
  }
}

/** Export…ServiceResponse{1: Export…PartialSuccess{1: rejected records, 2: message}}; empty when all were taken. */
export function rejectedInProtobuf(bytes: Uint8Array): number {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++]!
      value += (byte & 127) * scale
      if (byte < 128) break
    }
    return value
  }
  if (varint() !== 10) return 0
  varint()
  return varint() === 8 ? varint() : 0
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return String(cause)
}

/** Resolves after `ms`. @throws the signal's reason when it ends the wait */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort, { once: true })
  })
}
