const TWO_32 = 4294967296

/** The decimal text of a signed 64-bit integer given as two unsigned halves. */
export function int64Text(lo: number, hi: number): string {
  if (hi < 0x200000) return String(hi * TWO_32 + lo)
  if (hi >= 0xffe00000) {
    // Two's complement of a small negative number.
    const low = (~lo + 1) >>> 0
    const high = (~hi + (low === 0 ? 1 : 0)) >>> 0
    return `-${high * TWO_32 + low}`
  }
  return BigInt.asIntN(64, (BigInt(hi) << 32n) | BigInt(lo)).toString()
}

/** A signed 64-bit integer as the nearest double. */
export function int64Number(lo: number, hi: number): number {
  return (hi | 0) * TWO_32 + lo
}

/** The shortest decimal text that reads back as the same double. */
export function doubleText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function base64Text(bytes: Uint8Array, from: number, to: number): string {
  const parts: string[] = []
  for (let i = from; i < to; i += 3) {
    const left = to - i
    const group = (bytes[i]! << 16) | ((left > 1 ? bytes[i + 1]! : 0) << 8) | (left > 2 ? bytes[i + 2]! : 0)
    parts.push(
      BASE64[group >> 18]! +
        BASE64[(group >> 12) & 63]! +
        (left > 1 ? BASE64[(group >> 6) & 63]! : '=') +
        (left > 2 ? BASE64[group & 63]! : '='),
    )
  }
  return parts.join('')
}
