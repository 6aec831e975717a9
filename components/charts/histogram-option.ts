import type { HistogramResponse } from '@/lib/api/search'
import { formatCompact } from '@/lib/format/number'
import { clockParts, type Zone } from '@/lib/time/clock'
import { parseIso } from '@/lib/time/range'
import { shortDate } from '@/lib/time/range-label'

/** Room around the bars, in px: the pointer is mapped to buckets with the same numbers. */
export const PLOT = { left: 44, right: 12, top: 12, bottom: 20 } as const

export interface HistogramColors {
  readonly group: (group: string) => string
  readonly axis: string
  readonly line: string
}

/** Groups in the order in which they are stacked: what is fine at the bottom, what is wrong on top of the eye's path. */
export function groupsOf(buckets: HistogramResponse['buckets']): string[] {
  const groups = new Set(buckets.flatMap((bucket) => Object.keys(bucket.counts)))
  return [...groups].sort((a, b) => rank(b) - rank(a) || a.localeCompare(b))
}

const RANKS: readonly (readonly [RegExp, number])[] = [
  [/^(error|fatal|critical|crit|alert|emerg|panic|err|status_code_error)/i, 5],
  [/^warn/i, 4],
  [/^(info|notice)/i, 3],
  [/^(ok|status_code_ok)$/i, 2],
  [/^(debug|trace)/i, 1],
]

function rank(group: string): number {
  return RANKS.find(([pattern]) => pattern.test(group))?.[1] ?? 0
}

/** Buckets → ECharts option. Pure: colours come resolved, nothing reads the page or the clock. */
export function toOption(
  { buckets, intervalSeconds }: Pick<HistogramResponse, 'buckets' | 'intervalSeconds'>,
  colors: HistogramColors,
  zone: Zone,
) {
  return {
    animation: false,
    grid: { ...PLOT },
    xAxis: {
      type: 'category' as const,
      data: buckets.map((bucket) => bucketLabel(bucket.time, intervalSeconds, zone)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.line } },
      axisLabel: {
        color: colors.axis,
        fontSize: 11,
        hideOverlap: true,
        interval: labelEvery(buckets.length),
      },
    },
    yAxis: {
      type: 'value' as const,
      splitNumber: 2,
      minInterval: 1,
      splitLine: { lineStyle: { color: colors.line } },
      axisLabel: { color: colors.axis, fontSize: 11, formatter: formatCompact },
    },
    series: groupsOf(buckets).map((group) => ({
      type: 'bar' as const,
      name: group,
      stack: 'all',
      barCategoryGap: '18%',
      barMinHeight: 1,
      emphasis: { disabled: true },
      itemStyle: { color: colors.group(group) },
      // Nothing is drawn as nothing: the least height is for what is there.
      data: buckets.map((bucket) => count(bucket.counts, group) || '-'),
    })),
  }
}

function count(counts: Readonly<Record<string, number>>, group: string): number {
  return Object.hasOwn(counts, group) ? counts[group]! : 0
}

/** About eight labels, whatever the number of buckets. */
function labelEvery(buckets: number): number {
  return Math.max(0, Math.ceil(buckets / 8) - 1)
}

/** Days for long buckets, seconds only for buckets shorter than a minute. */
export function bucketLabel(time: string, intervalSeconds: number, zone: Zone): string {
  const nanos = parseIso(time)
  if (nanos === null) return ''
  const parts = clockParts(nanos, zone)
  if (intervalSeconds >= 86_400) return shortDate(parts.date)
  if (intervalSeconds >= 3600) return `${shortDate(parts.date)} ${parts.time.slice(0, 5)}`
  return intervalSeconds < 60 ? parts.time : parts.time.slice(0, 5)
}

/** Which bucket lies at `x` of a plot that is `width` wide; clamped to the first and last. */
export function bucketAt(x: number, width: number, count: number): number {
  const inner = Math.max(1, width - PLOT.left - PLOT.right)
  return Math.min(count - 1, Math.max(0, Math.floor(((x - PLOT.left) / inner) * count)))
}

/** Where bucket `index` begins, in px. */
export function bucketLeft(index: number, width: number, count: number): number {
  return PLOT.left + ((width - PLOT.left - PLOT.right) * index) / Math.max(1, count)
}
