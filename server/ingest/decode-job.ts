import type { Encoding } from '@/lib/otel/otlp/answers'
import type { DecodeClock, Decoded, Signal } from '@/lib/otel/otlp/decoded'
import { jsonToProtobuf } from '@/lib/otel/otlp/json-to-protobuf'
import { JsonShapeError } from '@/lib/otel/otlp/json-values'
import { decodeLogs } from '@/lib/otel/otlp/logs'
import { decodeMetrics } from '@/lib/otel/otlp/metrics'
import { TooManyRowsError } from '@/lib/otel/otlp/row-sink'
import { decodeTraces } from '@/lib/otel/otlp/spans'
import { WireError } from '@/lib/otel/otlp/wire-reader'
import { BrokenBodyError, type Compression, decompress, MAX_BODY_BYTES, TooLargeError } from './decompress'

/** One export request as it came in. */
export interface DecodeJob {
  readonly signal: Signal
  readonly encoding: Encoding
  readonly compression: Compression
  readonly body: Uint8Array<ArrayBuffer>
  readonly clock: DecodeClock
}

export type DecodeResult =
  | { readonly kind: 'rows'; readonly decoded: Decoded }
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'too_large'; readonly message: string }

const DECODERS: Readonly<Record<Signal, (bytes: Uint8Array, clock: DecodeClock) => Decoded>> = {
  traces: decodeTraces,
  logs: decodeLogs,
  metrics: decodeMetrics,
}

/** Turns a request into rows. Whatever the bytes are, it answers; it only throws on a fault of our own. */
export function runDecodeJob(job: DecodeJob): DecodeResult {
  try {
    const plain = decompress(job.body, job.compression)
    if (plain.length > MAX_BODY_BYTES) {
      const message = `the body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB: send smaller batches`
      return { kind: 'too_large', message }
    }
    const bytes = job.encoding === 'json' ? jsonToProtobuf(job.signal, plain) : plain
    return { kind: 'rows', decoded: DECODERS[job.signal](bytes, job.clock) }
  } catch (error) {
    if (error instanceof TooLargeError || error instanceof TooManyRowsError)
      return { kind: 'too_large', message: error.message }
    if (error instanceof WireError)
      return { kind: 'invalid', message: `not an OTLP ${job.signal} message: ${error.message}` }
    if (error instanceof BrokenBodyError || error instanceof JsonShapeError) {
      return { kind: 'invalid', message: error.message }
    }
    throw error
  }
}
