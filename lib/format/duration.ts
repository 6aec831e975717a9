const UNITS = [
  { name: 'h', ns: 3_600_000_000_000 },
  { name: 'min', ns: 60_000_000_000 },
  { name: 's', ns: 1_000_000_000 },
  { name: 'ms', ns: 1_000_000 },
  { name: 'µs', ns: 1_000 },
] as const

/**
 * Nanoseconds as a person reads them: `1.24 s`, `562 ms`, `12.3 µs`, `2 min 5 s`. Three significant digits below
 * a minute. Text is what the wire carries (a decimal string); what is not a number comes back as it is.
 */
export function formatDuration(durationNs: bigint | number | string): string {
  const ns = Number(durationNs)
  if (!Number.isFinite(ns) || durationNs === '') return String(durationNs)
  const sign = ns < 0 ? '-' : ''
  const size = Math.abs(ns)
  // 59.96 s would be shown as "60.0 s": what rounds up to the next unit belongs to it.
  if (size >= 59_950_000_000) return sign + longDuration(size)
  for (const unit of UNITS.slice(2)) {
    if (size >= unit.ns * 0.9995) return `${sign}${threeDigits(size / unit.ns)} ${unit.name}`
  }
  return `${sign}${Math.round(size)} ns`
}

function longDuration(ns: number): string {
  const seconds = Math.round(ns / 1e9)
  if (seconds < 3600) return join(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 48 * 60) return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(minutes / 60)
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

function join(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`
}

function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0)
  if (value >= 9.995) return trim(value.toFixed(1))
  return trim(value.toFixed(2))
}

/** `12.0` says no more than `12`; `1.50` is kept, so that columns of seconds line up. */
function trim(text: string): string {
  return text.replace(/\.0+$/, '')
}
