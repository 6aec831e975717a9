const NANOS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n, // micro sign
  μs: 1_000n, // Greek mu
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  min: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
}

export const DURATION_UNITS = ['ns', 'us', 'ms', 's', 'm', 'h', 'd'] as const

/**
 * Reads `1.5s` as a number of the column's unit, exactly: `1500000000` for ns.
 * @returns decimal text; `bad_unit` for a number with an unknown unit; null when it is no number at all.
 */
export function readDuration(text: string, unit: 'ns' | 'us' | 'ms' | 's'): string | 'bad_unit' | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?\s*([a-zµμ]*)$/iu.exec(text.trim())
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) return null
  const [, sign, whole = '', fraction = '', exponent = '0', suffix = ''] = match
  if (suffix === '') return text.trim()
  const from = NANOS[suffix.toLowerCase()]
  if (from === undefined) return 'bad_unit'
  let top = BigInt(`${whole}${fraction}` || '0') * from
  let bottom = 10n ** BigInt(fraction.length) * NANOS[unit]!
  const shift = Number(exponent)
  if (shift > 0) top *= 10n ** BigInt(shift)
  else bottom *= 10n ** BigInt(-shift)
  const text10 = top % bottom === 0n ? `${top / bottom}` : divide(top, bottom)
  return sign === '-' ? `-${text10}` : text10
}

/** Twenty decimals are more than a Float64 keeps. */
function divide(top: bigint, bottom: bigint): string {
  const digits = ((top * 10n ** 20n) / bottom).toString().padStart(21, '0')
  return `${digits.slice(0, -20)}.${digits.slice(-20)}`
}
