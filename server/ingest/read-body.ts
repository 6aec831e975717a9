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
    const parts: Buffer[] = []
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
      size += part.length
      parts.push(part)
    }
    request.on('data', onData)
    request.once('end', () => settle({ kind: 'body', body: join(parts, size), held: size }))
    request.once('error', () => settle({ kind: 'gone' }))
    request.once('close', () => settle({ kind: 'gone' }))
  })
}

/** A buffer that shares its memory with nothing, so that it can be handed to a worker thread. */
function join(parts: readonly Buffer[], size: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    body.set(part, at)
    at += part.length
  }
  return body
}
