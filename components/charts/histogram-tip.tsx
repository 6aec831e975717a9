import type { HistogramResponse } from '@/lib/api/search'
import { formatCount } from '@/lib/format/number'
import { formatDateTime, type Zone } from '@/lib/time/clock'
import { parseIso } from '@/lib/time/range'
import { groupName, groupToken } from './group-tone'
import { groupsOf } from './histogram-option'

type Bucket = HistogramResponse['buckets'][number]

interface HistogramTipProps {
  from: Bucket
  buckets: readonly Bucket[]
  intervalSeconds: number
  zone: Zone
  x: number
  width: number
}

/** What the bar under the pointer (or the dragged range) holds. React's text, because groups are telemetry. */
export function HistogramTip({ from, buckets, intervalSeconds, zone, x, width }: HistogramTipProps) {
  const start = parseIso(from.time) ?? 0n
  const end = start + BigInt(Math.round(intervalSeconds * 1e9)) * BigInt(buckets.length)
  const right = x > width / 2
  return (
    <div
      className="pointer-events-none absolute top-2 z-20 min-w-44 rounded-md border border-strong bg-panel px-2.5 py-1.5 text-xs shadow-pop"
      style={right ? { right: width - x + 12 } : { left: x + 12 }}
    >
      <div className="mb-0.5 font-mono text-2xs text-muted">
        {formatDateTime(start, zone, 0)} – {formatDateTime(end, zone, 0).slice(11)}
      </div>
      {groupsOf([...buckets]).map((group) => (
        <div key={group} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="size-2 rounded-[2px]"
            style={{ backgroundColor: `var(--color-${groupToken(group)})` }}
          />
          <span className="max-w-48 flex-1 truncate">{groupName(group)}</span>
          <span>{formatCount(sum(buckets, group))}</span>
        </div>
      ))}
      {buckets.every((bucket) => Object.keys(bucket.counts).length === 0) ? <div>Nothing</div> : null}
    </div>
  )
}

function sum(buckets: readonly Bucket[], group: string): number {
  return buckets.reduce((all, { counts }) => all + (Object.hasOwn(counts, group) ? counts[group]! : 0), 0)
}
