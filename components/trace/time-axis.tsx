'use client'

import { type PointerEvent, useRef, useState } from 'react'
import { type TimeWindow, tickLabel, timeTicks } from '@/lib/trace/time-window'

import { TIMELINE_LEFT, TIMELINE_RIGHT } from './row-frame'

interface TimeAxisProps {
  window: TimeWindow
  width: number
  onZoom: (window: TimeWindow) => void
}

const TICK_ROOM = 92

/** Round times over the bars; dragging across it zooms into that part. */
export function TimeAxis({ window, width, onZoom }: TimeAxisProps) {
  const from = useRef<number | null>(null)
  const [drag, setDrag] = useState<[number, number] | null>(null)
  const { ticks, stepNs } = timeTicks(window, Math.max(2, Math.floor(width / TICK_ROOM)))
  const length = window.toNs - window.fromNs
  const fractionAt = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
  }
  const timeAt = (fraction: number) => window.fromNs + fraction * length
  return (
    <div
      className="relative h-full min-w-0 flex-1 cursor-crosshair touch-none select-none"
      style={{ marginLeft: TIMELINE_LEFT, marginRight: TIMELINE_RIGHT }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = fractionAt(event)
      }}
      onPointerMove={(event) => {
        if (from.current !== null) setDrag([from.current, fractionAt(event)])
      }}
      onPointerUp={() => {
        if (drag && Math.abs(drag[1] - drag[0]) * width > 4) {
          onZoom({ fromNs: timeAt(Math.min(...drag)), toNs: timeAt(Math.max(...drag)) })
        }
        from.current = null
        setDrag(null)
      }}
      onPointerCancel={() => {
        from.current = null
        setDrag(null)
      }}
    >
      {ticks.map((tick) => {
        const at = (tick - window.fromNs) / length
        // A label that would be cut off at the right edge says nothing.
        return (1 - at) * width < 40 ? null : (
          <span
            key={tick}
            className="absolute top-0 flex h-full items-center border-l border-strong/70 pl-1.5 text-2xs whitespace-nowrap text-faint tabular-nums"
            style={{ left: `${at * 100}%` }}
          >
            {tickLabel(tick, stepNs)}
          </span>
        )
      })}
      {drag ? (
        <span
          aria-hidden
          className="absolute inset-y-0 bg-accent/25"
          style={{ left: `${Math.min(...drag) * 100}%`, width: `${Math.abs(drag[1] - drag[0]) * 100}%` }}
        />
      ) : null}
    </div>
  )
}

/** Hairlines down the rows at the ticks of the axis. */
export function TickLines({
  window,
  width,
  nameWidth,
}: {
  window: TimeWindow
  width: number
  nameWidth: number
}) {
  const { ticks } = timeTicks(window, Math.max(2, Math.floor(width / TICK_ROOM)))
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-y-0"
      style={{ left: nameWidth + TIMELINE_LEFT, right: TIMELINE_RIGHT }}
    >
      {ticks.map((tick) => (
        <span
          key={tick}
          className="absolute inset-y-0 w-px bg-line/50"
          style={{ left: `${((tick - window.fromNs) / (window.toNs - window.fromNs)) * 100}%` }}
        />
      ))}
    </div>
  )
}
