import zlib from 'node:zlib'

/** A body may be this large after decompression. */
export const MAX_BODY_BYTES = 20 * 1024 * 1024
/** Telemetry compresses up to about 50 : 1; beyond this ratio a body is a bomb, unless it stays small. */
const MAX_RATIO = 200
const SMALL_BYTES = 1024 * 1024

export type Compression = 'identity' | 'gzip' | 'deflate' | 'zstd'

export class TooLargeError extends Error {}
export class BrokenBodyError extends Error {}

type Unzip = (body: Uint8Array, options: { maxOutputLength: number }) => Buffer

/** Node has zstd from 22.15 on. */
const zstd = (zlib as unknown as Readonly<Record<string, Unzip | undefined>>).zstdDecompressSync

export function compressionOf(header: string | undefined): Compression | null {
  const name = (header ?? 'identity').trim().toLowerCase()
  if (name === '' || name === 'identity') return 'identity'
  if (name === 'gzip' || name === 'x-gzip') return 'gzip'
  if (name === 'deflate') return 'deflate'
  return name === 'zstd' && zstd ? 'zstd' : null
}

export function supportedCompressions(): string {
  return zstd ? 'gzip, deflate, zstd' : 'gzip, deflate'
}

/**
 * Unpacks a body. Output is counted while it is made: a bomb stops at the cap, it is never unpacked first.
 * Runs synchronously: callers are worker threads.
 * @throws TooLargeError above 20 MiB or an impossible ratio, BrokenBodyError when it cannot be unpacked
 */
export function decompress(body: Uint8Array, compression: Compression): Uint8Array {
  if (compression === 'identity') return body
  const byRatio = Math.max(SMALL_BYTES, body.length * MAX_RATIO)
  const maxOutputLength = Math.min(MAX_BODY_BYTES, byRatio)
  try {
    if (compression === 'gzip') return zlib.gunzipSync(body, { maxOutputLength })
    if (compression === 'zstd' && zstd) return zstd(body, { maxOutputLength })
    return inflate(body, maxOutputLength)
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') {
      throw new TooLargeError(
        maxOutputLength < MAX_BODY_BYTES
          ? `the body unpacks to more than ${MAX_RATIO} times its size`
          : `the body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB after decompression: send smaller batches`,
      )
    }
    throw new BrokenBodyError(`the body is not valid ${compression}`)
  }
}

/** HTTP's "deflate" is the zlib format, but some senders write the raw one. */
function inflate(body: Uint8Array, maxOutputLength: number): Buffer {
  try {
    return zlib.inflateSync(body, { maxOutputLength })
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw error
    return zlib.inflateRawSync(body, { maxOutputLength })
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
