import type { IncomingMessage } from 'node:http'
import type { MemoryGate } from './memory-gate'

export type ReadBody =
  | {
      readonly kind: 'body'
      readonly body: Uint8Array<ArrayBuffer>
      /** To be given back to the gate. */
      readonly held: number
    }
  | { readonly kind: 'too_large' | 'busy'; readonly message: string }
  /** The sender went away: nobody waits for an answer. */
  | { readonly kind: 'gone' }

const FIRST_BYTES = 16 * 1024
const MOST_FIRST_BYTES = 1024 * 1024

/** Reads a body into one buffer of its own, counting each part at the memory gate as it arrives. */
export function readBody(request: IncomingMessage, memory: MemoryGate, maxBytes: number): Promise<ReadBody> {
  const tooLarge: ReadBody = {
    kind: 'too_large',
    message: `the body is larger than ${maxBytes / 1024 / 1024} MiB: send smaller batches`,
  }
  const busy: ReadBody = {
    kind: 'busy',
    message: 'the receiver has no memory left for this request: send it again',
  }
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > maxBytes) return Promise.resolve(tooLarge)
  return new Promise((resolve) => {
    // A Content-Length saves copying, but memory is not given away on an announcement alone.
    let body = new Uint8Array(announced > 0 ? Math.min(announced, MOST_FIRST_BYTES) : FIRST_BYTES)
    let size = 0
    let settled = false
    const settle = (result: ReadBody) => {
      if (settled) return
      settled = true
      request.off('data', onData)
      if (result.kind !== 'body') memory.give(size)
      resolve(result)
    }
    const onData = (part: Buffer) => {
      if (size + part.length > maxBytes) return settle(tooLarge)
      if (!memory.tryTake(part.length)) return settle(busy)
      if (size + part.length > body.length) body = grow(body, size, size + part.length)
      body.set(part, size)
      size += part.length
    }
    request.on('data', onData)
    request.once('end', () =>
      settle({ kind: 'body', body: size === body.length ? body : body.slice(0, size), held: size }),
    )
    request.once('error', () => settle({ kind: 'gone' }))
    request.once('close', () => settle({ kind: 'gone' }))
  })
}

function grow(body: Uint8Array<ArrayBuffer>, size: number, needed: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(needed, body.length * 2))
  larger.set(body.subarray(0, size))
  return larger
}
