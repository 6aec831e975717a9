/** What part of the trace the waterfall shows, in nanoseconds from the trace's start. */
export interface TimeWindow {
  readonly fromNs: number
  readonly toNs: number
}

const MIN_WINDOW_NS = 100

/** Keeps a window inside of the extent, not narrower than 100 ns, ends in order. */
export function clampWindow(window: TimeWindow, extent: TimeWindow): TimeWindow {
  const inside = (timeNs: number) => Math.min(Math.max(timeNs, extent.fromNs), extent.toNs)
  const low = inside(Math.min(window.fromNs, window.toNs))
  const high = inside(Math.max(window.fromNs, window.toNs))
  const whole = extent.toNs - extent.fromNs
  const width = Math.min(whole, Math.max(high - low, MIN_WINDOW_NS))
  const fromNs = Math.min(Math.max(low, extent.fromNs), extent.toNs - width)
  return { fromNs, toNs: fromNs + width }
}

/** Zooms by `factor` (below 1: nearer) around `centreNs`. */
export function zoomWindow(
  window: TimeWindow,
  extent: TimeWindow,
  factor: number,
  centreNs: number,
): TimeWindow {
  return clampWindow(
    {
      fromNs: centreNs - (centreNs - window.fromNs) * factor,
      toNs: centreNs + (window.toNs - centreNs) * factor,
    },
    extent,
  )
}

export function panWindow(window: TimeWindow, extent: TimeWindow, byNs: number): TimeWindow {
  const width = window.toNs - window.fromNs
  const fromNs = Math.min(Math.max(window.fromNs + byNs, extent.fromNs), extent.toNs - width)
  return { fromNs, toNs: fromNs + width }
}

/** A window around a span with a tenth of its length on both sides. */
export function fitWindow(startNs: number, durationNs: number, extent: TimeWindow): TimeWindow {
  const length = Math.max(durationNs, (extent.toNs - extent.fromNs) / 1000)
  return clampWindow({ fromNs: startNs - length / 10, toNs: startNs + length * 1.1 }, extent)
}

export function sameWindow(a: TimeWindow, b: TimeWindow): boolean {
  return a.fromNs === b.fromNs && a.toNs === b.toNs
}

/** Position of a time in the window as a fraction; held within [-1, 2] so that a style never overflows. */
export function fractionOf(window: TimeWindow, timeNs: number): number {
  const fraction = (timeNs - window.fromNs) / (window.toNs - window.fromNs)
  return Math.min(2, Math.max(-1, fraction))
}

/** Round times inside of the window, about `count` of them: steps of 1, 2 or 5 × 10^k nanoseconds. */
export function timeTicks(window: TimeWindow, count: number): { readonly ticks: number[]; stepNs: number } {
  const rough = (window.toNs - window.fromNs) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const stepNs = Math.max(1, power * ([1, 2, 5, 10].find((step) => power * step >= rough) ?? 10))
  const ticks: number[] = []
  const first = Math.ceil(window.fromNs / stepNs)
  for (let i = first; i * stepNs <= window.toNs && ticks.length < 64; i++) ticks.push(i * stepNs)
  return { ticks, stepNs }
}

const TICK_UNITS = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
  ['ns', 1],
] as const

/** `1.25 s` with just the decimals that tell one tick from the next. */
export function tickLabel(timeNs: number, stepNs: number): string {
  if (timeNs === 0) return '0'
  const [unit, size] = TICK_UNITS.find(([, ns]) => Math.abs(timeNs) >= ns) ?? TICK_UNITS[3]
  const decimals = Math.min(9, Math.max(0, Math.ceil(Math.log10(size / stepNs) - 1e-9)))
  return `${(timeNs / size).toFixed(decimals)} ${unit}`
}
