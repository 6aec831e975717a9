'use client'

import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { usePreferences } from '@/components/frame/preferences'
import { useServiceColor } from '@/components/ui/service-dot'
import { minimapBars } from '@/lib/trace/minimap'
import type { TraceModel } from '@/lib/trace/model'
import { clampWindow, panWindow, type TimeWindow } from '@/lib/trace/time-window'
import { TIMELINE_LEFT, TIMELINE_RIGHT } from './row-frame'
import { useSize } from './use-size'

interface MinimapProps {
  model: TraceModel
  window: TimeWindow
  /** null shows all again. */
  onWindow: (window: TimeWindow | null) => void
}

const HEIGHT = 52
const LINE = 2
/** Pixels beside an edge of the window that still take hold of it. */
const GRIP = 6
const DOUBLE_CLICK_MS = 350

type Drag = { kind: 'brush' | 'from' | 'to' | 'pan'; startNs: number; window: TimeWindow }

/** The whole trace on 52 pixels. Drag to zoom, drag the edges or the middle of the window, double-click for all. */
export function Minimap({ model, window, onWindow }: MinimapProps) {
  const { ref, width } = useSize()
  const canvas = useRef<HTMLCanvasElement>(null)
  const drag = useRef<Drag | null>(null)
  const lastUp = useRef(0)
  const [brush, setBrush] = useState<TimeWindow | null>(null)
  const scheme = useColorScheme()
  const colorOf = useServiceColor()
  const colors = model.skeleton.serviceNames.map(colorOf).join()

  useEffect(() => {
    const element = canvas.current
    if (!element || width === 0) return
    // After the rows: 50,000 spans cost a few frames, and nobody looks here first.
    const timer = setTimeout(() => draw(element, model, Math.floor(width), colors.split(','), scheme), 0)
    return () => clearTimeout(timer)
  }, [model, width, colors, scheme])

  const { extent } = model
  const length = extent.toNs - extent.fromNs
  const timeAt = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return extent.fromNs + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * length
  }
  const shown = brush ?? window
  const left = (shown.fromNs - extent.fromNs) / length
  const right = (extent.toNs - shown.toNs) / length
  const zoomed = left > 0 || right > 0
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const startNs = timeAt(event)
    const grip = (GRIP / Math.max(1, width)) * length
    const near = (edgeNs: number) => Math.abs(startNs - edgeNs) <= grip
    const within = startNs > window.fromNs && startNs < window.toNs
    const kind = !zoomed
      ? 'brush'
      : near(window.fromNs)
        ? 'from'
        : near(window.toNs)
          ? 'to'
          : within
            ? 'pan'
            : 'brush'
    drag.current = { kind, startNs, window }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag.current) return
    const { kind, startNs, window: before } = drag.current
    const nowNs = timeAt(event)
    if (kind === 'brush') setBrush({ fromNs: Math.min(startNs, nowNs), toNs: Math.max(startNs, nowNs) })
    else if (kind === 'pan') onWindow(panWindow(before, extent, nowNs - startNs))
    else if (kind === 'from') onWindow(clampWindow({ fromNs: nowNs, toNs: before.toNs }, extent))
    else onWindow(clampWindow({ fromNs: before.fromNs, toNs: nowNs }, extent))
  }
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    if (!brush && event.timeStamp - lastUp.current < DOUBLE_CLICK_MS) onWindow(null)
    lastUp.current = event.timeStamp
    if (brush && ((brush.toNs - brush.fromNs) / length) * width > 3) onWindow(clampWindow(brush, extent))
    setBrush(null)
    drag.current = null
  }
  return (
    <div
      ref={ref}
      className="relative min-w-0 flex-1 cursor-crosshair touch-none overflow-hidden"
      style={{ height: HEIGHT, marginLeft: TIMELINE_LEFT, marginRight: TIMELINE_RIGHT }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
    >
      <canvas ref={canvas} role="img" aria-label="Minimap of the trace" className="block h-full w-full" />
      {zoomed || brush ? (
        <>
          <span className="absolute inset-y-0 left-0 bg-canvas/70" style={{ width: `${left * 100}%` }} />
          <span className="absolute inset-y-0 right-0 bg-canvas/70" style={{ width: `${right * 100}%` }} />
          <span
            className="absolute inset-y-0 border-x-2 border-accent/80 bg-accent/5"
            style={{ left: `${left * 100}%`, right: `${right * 100}%` }}
          />
        </>
      ) : null}
    </div>
  )
}

function draw(
  canvas: HTMLCanvasElement,
  model: TraceModel,
  width: number,
  colors: readonly string[],
  _scheme: string,
) {
  const ratio = globalThis.devicePixelRatio || 1
  canvas.width = width * ratio
  canvas.height = HEIGHT * ratio
  const context = canvas.getContext('2d')
  if (!context) return
  context.scale(ratio, ratio)
  const resolve = colorResolver(canvas)
  const fills = colors.map(resolve)
  const error = resolve('var(--color-bar-error)')
  const missing = resolve('var(--color-strong)')
  const bars = minimapBars(model, width, Math.floor(HEIGHT / LINE))
  const lines = bars.reduce((most, bar) => Math.max(most, bar.line + 1), 0)
  // Few spans get the room there is, up to six pixels each.
  const pitch = Math.min(6, HEIGHT / Math.max(1, lines))
  const thickness = Math.max(1, pitch * 0.7)
  for (const bar of bars) {
    context.fillStyle = bar.error ? error : (fills[bar.service] ?? missing)
    context.fillRect(bar.from, 2 + bar.line * pitch, Math.max(1, bar.to - bar.from), thickness)
  }
}

/** A canvas takes no CSS variables: the browser is asked what they come to in the current theme. */
function colorResolver(element: HTMLElement): (color: string) => string {
  return (color) => {
    element.style.color = color
    const resolved = getComputedStyle(element).color
    element.style.color = ''
    return resolved
  }
}

/** Changes when the colours of the page do. */
function useColorScheme(): string {
  const { preferences } = usePreferences()
  const [dark, setDark] = useState(false)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setDark(query.matches)
    follow()
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return preferences.theme === 'system' ? String(dark) : preferences.theme
}
