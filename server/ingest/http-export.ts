import type { IncomingMessage, ServerResponse } from 'node:http'
import { CODE, exportResponse } from '@/lib/otel/otlp/answers'
import type { Signal } from '@/lib/otel/otlp/decoded'
import { compressionOf, MAX_BODY_BYTES, supportedCompressions } from './decompress'
import { encodingOf, type Problem, sendBody, sendStatus } from './http-answer'
import type { Refusal } from './ingest-metrics'
import type { MemoryGate } from './memory-gate'
import { readBody } from './read-body'
import type { Outcome, Receiver } from './receiver'

/** When senders should come again. */
export const RETRY_SECONDS = 2

export const REFUSALS: Readonly<Record<Refusal, { status: number; code: number; retry: boolean }>> = {
  invalid: { status: 400, code: CODE.invalidArgument, retry: false },
  too_large: { status: 413, code: CODE.resourceExhausted, retry: false },
  busy: { status: 503, code: CODE.unavailable, retry: true },
  internal: { status: 500, code: CODE.internal, retry: false },
}

export interface ExportDoor {
  readonly receiver: Receiver
  readonly memory: MemoryGate
}

/** One POST of an export request. */
export async function handleExport(
  door: ExportDoor,
  signal: Signal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const unsupported = (message: string) =>
    sendStatus(request, response, 415, { code: CODE.invalidArgument, message })
  const encoding = encodingOf(request)
  if (encoding === null) return unsupported('send Content-Type application/x-protobuf or application/json')
  const compression = compressionOf(request.headers['content-encoding'])
  if (compression === null) return unsupported(`send Content-Encoding ${supportedCompressions()}, or none`)

  const read = await readBody(request, door.memory, MAX_BODY_BYTES)
  if (read.kind === 'gone') return
  if (read.kind !== 'body') {
    door.receiver.refuseUnread(signal, 'http', read.kind)
    return refuse(request, response, read)
  }
  try {
    const outcome = await door.receiver.receive({
      signal,
      transport: 'http',
      encoding,
      compression,
      body: read.body,
    })
    if (outcome.kind !== 'stored') return refuse(request, response, outcome)
    sendBody(response, 200, encoding, exportResponse(signal, encoding, outcome.rejected, outcome.message))
  } finally {
    door.memory.give(read.held)
  }
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  outcome: Exclude<Outcome, { kind: 'stored' }>,
): void {
  const { status, code, retry } = REFUSALS[outcome.kind]
  const problem: Problem = { code, message: outcome.message }
  sendStatus(request, response, status, retry ? { ...problem, retrySeconds: RETRY_SECONDS } : problem)
}
