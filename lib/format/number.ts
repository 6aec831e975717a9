const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const FINE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })

/** `31,410`: always with thousands, always the whole number. */
export function formatCount(count: number): string {
  return WHOLE.format(count)
}

/** `1.2 M` for headings and axes, where the exact number stands nearby. */
export function formatCompact(count: number): string {
  const size = Math.abs(count)
  for (const [limit, unit] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    // What rounds up to the next unit belongs to it.
    if (size >= limit * 0.9995)
      return `${(count / limit).toFixed(size >= limit * 99.95 ? 0 : 1).replace(/\.0$/, '')} ${unit}`
  }
  return FINE.format(count)
}

/** `1 span`, `2 spans`, `31,410 spans`. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}
