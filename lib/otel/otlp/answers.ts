import type { Signal } from './decoded'
import { ProtoWriter } from './proto-writer'

export type Encoding = 'protobuf' | 'json'

/** google.rpc.Code, as far as the receiver uses it. */
export const CODE = {
  invalidArgument: 3,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const

const REJECTED_FIELD: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
}
const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo'
const encoder = new TextEncoder()

/** Export…ServiceResponse: partial_success stays unset when nothing was rejected. */
export function exportResponse(
  signal: Signal,
  encoding: Encoding,
  rejected: number,
  message: string,
): Uint8Array {
  if (encoding === 'json') {
    const partialSuccess = { [REJECTED_FIELD[signal]]: String(rejected), errorMessage: message }
    return encoder.encode(JSON.stringify(rejected > 0 ? { partialSuccess } : {}))
  }
  const writer = new ProtoWriter(64)
  if (rejected > 0) {
    const mark = writer.begin(1)
    writer.varintField(1, rejected, 0)
    writer.stringField(2, message)
    writer.end(mark)
  }
  return writer.take()
}

/** google.rpc.Status, with RetryInfo when the sender should come again. */
export function statusMessage(
  encoding: Encoding,
  code: number,
  message: string,
  retrySeconds: number | null,
): Uint8Array {
  if (encoding === 'json') {
    const details =
      retrySeconds === null ? {} : { details: [{ '@type': RETRY_INFO, retryDelay: `${retrySeconds}s` }] }
    return encoder.encode(JSON.stringify({ code, message, ...details }))
  }
  const writer = new ProtoWriter(128)
  writer.varintField(1, code, 0)
  writer.stringField(2, message)
  if (retrySeconds !== null) {
    const any = writer.begin(3)
    writer.stringField(1, RETRY_INFO)
    const info = writer.begin(2)
    const delay = writer.begin(1)
    writer.varintField(1, retrySeconds, 0)
    writer.end(delay)
    writer.end(info)
    writer.end(any)
  }
  return writer.take()
}
