'use client'

import { useCallback, useMemo, useState } from 'react'
import type { TraceModel } from '@/lib/trace/model'
import { offsetReader } from '@/lib/trace/offset'
import {
  type Collapsed,
  carryCollapsed,
  carryNode,
  collapseFrom,
  expandAll,
  reveal,
  setCollapsed,
  toggleCollapsed,
  visibleRows,
} from '@/lib/trace/rows'
import type { TimeWindow } from '@/lib/trace/time-window'

interface ViewState {
  model: TraceModel
  collapsed: Collapsed
  /** null: all of the trace, however much it grows. */
  window: TimeWindow | null
  /** Node under the keyboard. */
  active: number | null
}

export interface Waterfall {
  readonly model: TraceModel
  readonly rows: Int32Array
  readonly collapsed: Collapsed
  readonly window: TimeWindow
  readonly active: number | null
  readonly showLogs: boolean
  readonly setShowLogs: (show: boolean) => void
  readonly setWindow: (window: TimeWindow | null) => void
  readonly setActive: (node: number | null) => void
  readonly toggle: (node: number) => void
  readonly close: (node: number, closed: boolean) => void
  /** Makes a node active and opens what hides it. */
  readonly show: (node: number) => void
  readonly openAll: () => void
  readonly closeAll: () => void
}

/** What of a trace is visible and where: collapse, zoom, the active row. */
export function useWaterfall(model: TraceModel, initial: number | null): Waterfall {
  const [state, setState] = useState<ViewState>(() => ({
    model,
    collapsed: expandAll(model),
    window: null,
    active: initial,
  }))
  const [showLogs, setShowLogs] = useState(true)
  const current = state.model === model ? state : carryOver(state, model)
  if (current !== state) setState(current)

  const { collapsed } = current
  const rows = useMemo(() => visibleRows(model, collapsed, showLogs), [model, collapsed, showLogs])
  const change = useCallback(
    (part: (state: ViewState) => Partial<ViewState>) =>
      setState((before) => ({ ...before, ...part(before) })),
    [],
  )
  const actions = useMemo(
    () => ({
      setWindow: (window: TimeWindow | null) => change(() => ({ window })),
      setActive: (active: number | null) => change(() => ({ active })),
      toggle: (node: number) =>
        change((before) => ({ active: node, collapsed: toggleCollapsed(before.collapsed, node) })),
      close: (node: number, closed: boolean) =>
        change((before) => ({ collapsed: setCollapsed(before.collapsed, node, closed) })),
      show: (node: number) =>
        change((before) => ({ active: node, collapsed: reveal(before.model, before.collapsed, node) })),
      openAll: () => change((before) => ({ collapsed: expandAll(before.model) })),
      closeAll: () => change((before) => ({ collapsed: collapseFrom(before.model, 1) })),
    }),
    [change],
  )
  return useMemo(
    () => ({
      model,
      rows,
      collapsed,
      window: current.window ?? model.extent,
      active: current.active,
      showLogs,
      setShowLogs,
      ...actions,
    }),
    [model, rows, collapsed, current.window, current.active, showLogs, actions],
  )
}

/** New spans have come: the same spans stay closed, the same row active, the same time in view. */
function carryOver(before: ViewState, model: TraceModel): ViewState {
  const { window } = before
  const moved = offsetReader(model.skeleton.start)(before.model.skeleton.start)
  return {
    model,
    collapsed: carryCollapsed(before.model, before.collapsed, model),
    window: window && { fromNs: window.fromNs + moved, toNs: window.toNs + moved },
    active: carryNode(before.model, before.active, model),
  }
}
