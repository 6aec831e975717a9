'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, useEffect, useId, useMemo, useRef } from 'react'
import { cn } from '@/components/ui/cn'
import { ResizeHandle } from '@/components/ui/resize-handle'
import { useServiceColor } from '@/components/ui/service-dot'
import { eventTimesBySpan } from '@/lib/trace/event-times'
import { hasVisibleChildren, isLog, isSpan, rowOf } from '@/lib/trace/rows'
import { fitWindow } from '@/lib/trace/time-window'
import { barColor } from './bar-colors'
import { LogRow } from './log-row'
import { logTimesBySpan } from './log-times'
import { ROW_HEIGHT, rowId, TIMELINE_LEFT, TIMELINE_RIGHT } from './row-frame'
import { SpanRow } from './span-row'
import { TickLines, TimeAxis } from './time-axis'
import { useSize } from './use-size'
import type { Waterfall } from './use-waterfall'

interface SpanTreeProps {
  view: Waterfall
  /** The open span or log. */
  selected: number | null
  /** Node → 1 for matches; null when nothing is searched. */
  matched: Uint8Array | null
  words: readonly string[]
  nameWidth: number
  onNameWidth?: (width: number) => void
  onPick: (node: number) => void
  className?: string
}

const OVERSCAN = 10

/** The rows of a trace: names on the left, bars on the right, as many elements as fit on the screen. */
export function SpanTree(props: SpanTreeProps) {
  const { view, selected, matched, words, nameWidth, onNameWidth, onPick, className } = props
  const { model, rows, window, active, showLogs } = view
  const scroller = useRef<HTMLDivElement>(null)
  const treeId = useId()
  const { ref: axisRef, width: axisWidth } = useSize()
  const timelineWidth = Math.max(0, axisWidth - nameWidth - TIMELINE_LEFT - TIMELINE_RIGHT)
  const colorOf = useServiceColor()
  const colors = model.skeleton.serviceNames.map(colorOf)
  const colorKey = colors.join()
  // biome cannot see it, but the key says all there is to know about the colours.
  const bars = useMemo(() => colorKey.split(',').map(barColor), [colorKey])
  const logTimes = useMemo(() => logTimesBySpan(model), [model])
  const eventTimes = useMemo(() => eventTimesBySpan(model), [model])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollPaddingStart: ROW_HEIGHT * 2,
    scrollPaddingEnd: ROW_HEIGHT * 2,
  })
  const activeRow = active === null ? -1 : rowOf(model, rows, active)

  // The active row is kept in sight: scrolling is the browser's state, not React's.
  // The first one, which the address names, comes to the middle: what is around it matters.
  const arrived = useRef(false)
  useEffect(() => {
    if (activeRow >= 0) virtual.scrollToIndex(activeRow, { align: arrived.current ? 'auto' : 'center' })
    arrived.current = true
  }, [activeRow, virtual])

  const nodeAt = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-node]') : null
    return row instanceof HTMLElement ? Number(row.dataset.node) : null
  }
  const onClick = (event: MouseEvent) => {
    const node = nodeAt(event)
    if (node === null) return
    if (event.target instanceof Element && event.target.closest('[data-toggle]')) view.toggle(node)
    else onPick(node)
  }
  const onDoubleClick = (event: MouseEvent) => {
    const node = nodeAt(event)
    if (node === null || isLog(model, node)) return
    view.setWindow(fitWindow(model.start[node]!, model.duration[node]!, model.extent))
  }
  const items = virtual.getVirtualItems()
  const activeIsDrawn = items.some((item) => item.index === activeRow)
  return (
    <div
      ref={scroller}
      className={cn('relative min-h-0 flex-1 overflow-x-hidden overflow-y-scroll', className)}
    >
      <div ref={axisRef} className="sticky top-0 z-10 flex h-7 border-b bg-panel">
        <div
          className="flex shrink-0 items-center border-r px-2 text-2xs text-faint"
          style={{ width: nameWidth }}
        >
          Service and operation
        </div>
        <TimeAxis window={window} width={timelineWidth} onZoom={view.setWindow} />
        {onNameWidth ? (
          <div className="absolute inset-y-0" style={{ left: nameWidth }}>
            <ResizeHandle
              label="Width of the name column"
              value={nameWidth}
              min={200}
              max={900}
              edge="right"
              onChange={onNameWidth}
              className="-left-[3px]"
            />
          </div>
        ) : null}
      </div>
      <div
        role="tree"
        aria-label="Spans"
        tabIndex={0}
        data-trace-tree
        aria-activedescendant={activeIsDrawn && active !== null ? rowId(treeId, rows[activeRow]!) : undefined}
        className="relative outline-none focus-visible:outline-none"
        style={{ height: virtual.getTotalSize(), minHeight: `calc(100% - ${ROW_HEIGHT}px)` }}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onKeyDown={() => {}}
      >
        <span aria-hidden className="absolute inset-y-0 w-px bg-line" style={{ left: nameWidth - 1 }} />
        <TickLines window={window} width={timelineWidth} nameWidth={nameWidth} />
        {items.map((item) => {
          const node = rows[item.index]
          if (node === undefined) return null
          const common = {
            id: rowId(treeId, node),
            node,
            model,
            active: item.index === activeRow,
            selected: node === selected,
            dimmed: matched !== null && matched[node] !== 1,
            words,
            window,
            nameWidth,
            top: item.start,
          }
          if (isLog(model, node)) return <LogRow key={node} {...common} />
          return (
            <SpanRow
              key={node}
              {...common}
              open={hasVisibleChildren(model, node, showLogs) ? view.collapsed[node] !== 1 : null}
              timelineWidth={timelineWidth}
              color={isSpan(model, node) ? (bars[model.skeleton.spans.service[node]!] ?? null) : null}
              logTimes={logTimes.get(node)}
              eventTimes={eventTimes.get(node)}
            />
          )
        })}
      </div>
    </div>
  )
}
