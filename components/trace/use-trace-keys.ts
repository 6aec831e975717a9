'use client'

import type { RefObject } from 'react'
import { useHotkeys } from '@/components/frame/hotkeys'
import { nextError, siblingOf } from '@/lib/trace/navigate'
import { hasVisibleChildren, rowOf } from '@/lib/trace/rows'
import { fitWindow, sameWindow, zoomWindow } from '@/lib/trace/time-window'
import type { Waterfall } from './use-waterfall'

interface TraceKeys {
  view: Waterfall
  enabled: boolean
  /** Whether the panel is open: then it follows the active row. */
  panelOpen: boolean
  onOpen: (node: number) => void
  onClosePanel: () => void
  searchBox: RefObject<HTMLInputElement | null>
}

const GROUP = 'Trace'

/** Keys of the waterfall. */
export function useTraceKeys({ view, enabled, panelOpen, onOpen, onClosePanel, searchBox }: TraceKeys): void {
  const { model, rows, active, window } = view
  const go = (node: number | null | undefined) => {
    if (node === null || node === undefined) return
    view.show(node)
    if (panelOpen) onOpen(node)
  }
  const step = (by: number) => {
    if (rows.length === 0) return
    const found = active === null ? -1 : rowOf(model, rows, active)
    // Without an active row the first step down takes the first row, and End the last.
    const at = found !== -1 ? found : by > 0 ? -1 : rows.length
    const next = Math.min(rows.length - 1, Math.max(0, at + by))
    go(rows[next])
  }
  const open = () => {
    if (active === null) return step(1)
    const closed = view.collapsed[active] === 1
    if (!hasVisibleChildren(model, active, view.showLogs)) return
    if (closed) view.close(active, false)
    else step(1)
  }
  const close = () => {
    if (active === null) return
    const isOpen = view.collapsed[active] !== 1 && hasVisibleChildren(model, active, view.showLogs)
    if (isOpen) view.close(active, true)
    else if (model.parent[active] !== -1) go(model.parent[active])
  }
  const fit = () => {
    if (active === null) return view.setWindow(null)
    const target = fitWindow(model.start[active]!, model.duration[active]!, model.extent)
    view.setWindow(sameWindow(window, target) ? null : target)
  }
  const zoom = (factor: number) => {
    const centre = active === null ? (window.fromNs + window.toNs) / 2 : model.start[active]!
    const inside = Math.min(window.toNs, Math.max(window.fromNs, centre))
    view.setWindow(zoomWindow(window, model.extent, factor, inside))
  }
  const key = (keys: string | string[], label: string, run: () => void) => ({
    keys,
    label,
    group: GROUP,
    run,
    enabled,
  })
  useHotkeys([
    key(['ArrowDown', 'j'], 'Next row', () => step(1)),
    key(['ArrowUp', 'k'], 'Previous row', () => step(-1)),
    key('PageDown', 'A page down', () => step(20)),
    key('PageUp', 'A page up', () => step(-20)),
    key('Home', 'First row', () => step(-rows.length)),
    key('End', 'Last row', () => step(rows.length)),
    key('ArrowRight', 'Open the subtree, then go into it', open),
    key('ArrowLeft', 'Close the subtree, then go to the parent', close),
    {
      ...key('Enter', 'Show the span', () => active !== null && onOpen(active)),
      // Enter on a button or link is theirs.
      get enabled() {
        const focused = document.activeElement
        return enabled && (focused === document.body || focused?.hasAttribute('data-trace-tree') === true)
      },
    },
    key('[', 'Previous sibling', () => active !== null && go(siblingOf(model, active, -1))),
    key(']', 'Next sibling', () => active !== null && go(siblingOf(model, active, 1))),
    key('e', 'Next error', () => go(nextError(model, active ?? -1))),
    key('E', 'Previous error', () => go(nextError(model, active ?? -1, -1))),
    key('f', 'Fit the span to the width; again: the whole trace', fit),
    key(['+', '='], 'Zoom in', () => zoom(0.6)),
    key('-', 'Zoom out', () => zoom(1 / 0.6)),
    key('l', 'Logs in the tree on or off', () => view.setShowLogs(!view.showLogs)),
    key('/', 'Search in the trace', () => searchBox.current?.focus()),
    key('Escape', 'Close the panel, then show the whole time', () => {
      if (panelOpen) onClosePanel()
      else view.setWindow(null)
    }),
  ])
}
