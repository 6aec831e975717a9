import type { RowWriter } from './row-writer'

/** Whether the bytes are an id of the given length that is not all zero. */
export function isId(bytes: Uint8Array, from: number, to: number, length: number): boolean {
  if (to - from !== length) return false
  for (let i = from; i < to; i++) if (bytes[i] !== 0) return true
  return false
}

/** Writes an id as hex, or an empty string when it is not one. */
export function writeOptionalId(
  writer: RowWriter,
  bytes: Uint8Array,
  from: number,
  to: number,
  length: number,
): void {
  if (isId(bytes, from, to, length)) writer.hex(bytes, from, to)
  else writer.u8(0)
}
