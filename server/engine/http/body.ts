import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import zlib from 'node:zlib'
import { EngineError } from '../exception'

/** The body of a request, decompressed. Ends with an error when the client breaks off or the gzip is cut. */
export function openBody(request: IncomingMessage): Readable {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding === 'identity' || encoding === '') return request
  const decoder = DECODERS[encoding]
  if (decoder === undefined) {
    throw new EngineError(
      415,
      `Content-Encoding ${encoding} is not supported: use gzip, deflate or br`,
      'UNSUPPORTED_MEDIA_TYPE',
    )
  }
  const stream = decoder()
  request.on('error', (error) => stream.destroy(error))
  request.on('aborted', () => stream.destroy(new Error('The client broke off the request')))
  return request.pipe(stream)
}

const DECODERS: Readonly<Record<string, () => zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
}

/** Reads on until `most` bytes; more is a clear error. */
export async function readAll(start: Buffer, rest: AsyncIterator<Buffer>, most: number): Promise<Buffer> {
  const parts = [start]
  let size = start.length
  for (;;) {
    const next = await rest.next()
    if (next.done === true) return Buffer.concat(parts, size)
    size += next.value.length
    if (size > most) {
      throw new EngineError(
        307,
        `The body is larger than ${Math.floor(most / 1024 ** 2)} MiB: send it in smaller pieces`,
        'REQUEST_TOO_LARGE',
      )
    }
    parts.push(next.value)
  }
}
