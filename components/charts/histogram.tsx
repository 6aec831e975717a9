'use client'

import dynamic from 'next/dynamic'
import { type PointerEvent, useRef, useState } from 'react'
import type { HistogramResponse } from '@/lib/api/search'
import { formatQuantity } from '@/lib/format/number'
import type { Zone } from '@/lib/time/clock'
import { formatIso, parseIso } from '@/lib/time/range'
import type { TextRange } from '@/lib/time/text-range'
import { bucketAt, bucketLeft, PLOT } from './histogram-option'
import { HistogramTip } from './histogram-tip'

// ECharts is by far the largest part of the page: it comes when there is something to draw.
const HistogramCanvas = dynamic(() => import('./histogram-canvas').then((module) => module.HistogramCanvas), {
  ssr: false,
})

interface HistogramProps {
  data: HistogramResponse
  noun: string
  zone: Zone
  onZoom: (range: TextRange) => void
}

/** Stacked bars over time. Drag selects a range, a click narrows to one bar. */
export function Histogram({ data, noun, zone, onZoom }: HistogramProps) {
  const host = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [hover, setHover] = useState<number | null>(null)
  const [start, setStart] = useState<number | null>(null)
  const count = data.buckets.length
  const low = start === null || hover === null ? null : Math.min(start, hover)
  const high = start === null || hover === null ? null : Math.max(start, hover)

  const track = (event: PointerEvent<HTMLDivElement>): number | null => {
    if (count === 0) return null
    const box = event.currentTarget.getBoundingClientRect()
    setWidth(box.width)
    const index = bucketAt(event.clientX - box.left, box.width, count)
    setHover(index)
    return index
  }
  const zoom = (first: number, last: number) => {
    const from = parseIso(data.buckets[first]?.time ?? '')
    const end = parseIso(data.buckets[last]?.time ?? '')
    if (from === null || end === null) return
    const to = end + BigInt(Math.round(data.intervalSeconds * 1e9))
    onZoom({ from: shortIso(from), to: shortIso(to) })
  }
  const left = (index: number) => bucketLeft(index, width, count)
  return (
    <div
      ref={host}
      role="img"
      aria-label={`Histogram: ${formatQuantity(data.total, noun)} in ${count} bars`}
      className="absolute inset-0 cursor-crosshair touch-none select-none"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setStart(track(event))
      }}
      onPointerMove={track}
      onPointerUp={(event) => {
        const end = track(event)
        if (start !== null && end !== null) zoom(Math.min(start, end), Math.max(start, end))
        setStart(null)
      }}
      onPointerCancel={() => setStart(null)}
      onPointerLeave={() => start === null && setHover(null)}
    >
      <HistogramCanvas data={data} zone={zone} />
      {low !== null && high !== null && high > low ? (
        <div
          className="pointer-events-none absolute border-x border-accent bg-accent-soft"
          style={{ left: left(low), width: left(high + 1) - left(low), top: PLOT.top, bottom: PLOT.bottom }}
        />
      ) : null}
      {hover !== null && data.buckets[hover] ? (
        <HistogramTip
          from={data.buckets[low ?? hover] ?? data.buckets[hover]}
          buckets={data.buckets.slice(low ?? hover, (high ?? hover) + 1)}
          intervalSeconds={data.intervalSeconds}
          zone={zone}
          x={left(hover) + (left(hover + 1) - left(hover)) / 2}
          width={width}
        />
      ) : null}
    </div>
  )
}

/** Without the decimals that say nothing. */
function shortIso(nanos: bigint): string {
  return formatIso(nanos)
    .replace(/0{6}Z$/, 'Z')
    .replace(/\.000Z$/, 'Z')
}
