import { parseTime, type TimeRange } from './range'

/** A range as it stands in the address: `now-30m` … `now`, or ISO times. */
export interface TextRange {
  readonly from: string
  readonly to: string
}

export const DEFAULT_RANGE: TextRange = { from: 'now-30m', to: 'now' }

/** @returns null when a part is no time, or nothing lies between them. */
export function resolveRange(range: TextRange, nowMs: number): TimeRange | null {
  const from = parseTime(range.from, nowMs)
  const to = parseTime(range.to, nowMs)
  return from === null || to === null || from >= to ? null : { from, to }
}

export function isRelative(range: TextRange): boolean {
  return range.from.startsWith('now') || range.to.startsWith('now')
}

/** The same range with fixed times, for a link that must not move. */
export function fixedRange(range: TextRange, nowMs: number): TextRange {
  const resolved = resolveRange(range, nowMs)
  if (!resolved) return range
  const iso = (nanos: bigint) => new Date(Number(nanos / 1_000_000n)).toISOString()
  return { from: iso(resolved.from), to: iso(resolved.to) }
}

/** Both ends moved outwards so that the range is `factor` times as long. */
export function widerRange(range: TextRange, factor: number, nowMs: number): TextRange {
  const resolved = resolveRange(range, nowMs)
  if (!resolved) return DEFAULT_RANGE
  const length = Number((resolved.to - resolved.from) / 1_000_000n)
  if (range.to === 'now') return { from: `now-${shortest(length * factor)}`, to: 'now' }
  const extra = (length * (factor - 1)) / 2
  const at = (nanos: bigint, delta: number) => new Date(Number(nanos / 1_000_000n) + delta).toISOString()
  return { from: at(resolved.from, -extra), to: at(resolved.to, extra) }
}

function shortest(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const) {
    if (seconds % size === 0) return `${seconds / size}${unit}`
  }
  return `${seconds}s`
}
