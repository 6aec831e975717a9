import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Encoding, statusMessage } from '@/lib/otel/otlp/answers'

/** A sender that was told "no" may still be sending: so much is read and dropped, that it sees the answer. */
const DRAIN_BYTES = 32 * 1024 * 1024
const DRAIN_MS = 5_000

const TYPES: Readonly<Record<string, Encoding>> = {
  'application/x-protobuf': 'protobuf',
  'application/protobuf': 'protobuf',
  'application/json': 'json',
}

/** The encoding of a request, from its Content-Type; null when it is neither. */
export function encodingOf(request: IncomingMessage): Encoding | null {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase()
  return TYPES[type] ?? null
}

export function sendBody(
  response: ServerResponse,
  status: number,
  encoding: Encoding,
  body: Uint8Array,
): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, {
    'Content-Type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
    'Content-Length': body.length,
  })
  response.end(body)
}

export interface Problem {
  readonly code: number
  readonly message: string
  readonly retrySeconds?: number
}

/** Answers with a google.rpc.Status in the request's encoding; JSON when that is not known. */
export function sendStatus(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  problem: Problem,
): void {
  const encoding = encodingOf(request) ?? 'json'
  const retry = problem.retrySeconds ?? null
  if (retry !== null && !response.headersSent) response.setHeader('Retry-After', String(retry))
  if (!request.complete) drain(request, response)
  sendBody(response, status, encoding, statusMessage(encoding, problem.code, problem.message, retry))
}

function drain(request: IncomingMessage, response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close')
  let bytes = 0
  const stop = () => request.socket.destroy()
  const timer = setTimeout(stop, DRAIN_MS)
  request.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > DRAIN_BYTES) stop()
  })
  request.once('close', () => clearTimeout(timer))
}
