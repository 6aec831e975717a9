'use client'

import { type RefObject, useMemo } from 'react'
import { usePreferences } from '@/components/frame/preferences'
import type { TraceModel } from '@/lib/trace/model'
import { spanKey } from '@/lib/trace/navigate'
import { isLog, isSpan } from '@/lib/trace/rows'
import { LogPanel } from './log-panel'
import { Minimap } from './minimap'
import { PanelFrame } from './panel-frame'
import { SpanPanel } from './span-panel'
import { SpanTree } from './span-tree'
import type { InTraceSearch } from './use-in-trace-search'
import { useSize } from './use-size'
import { useTraceKeys } from './use-trace-keys'
import type { Waterfall } from './use-waterfall'
import { WaterfallToolbar } from './waterfall-toolbar'

/** What is open beside the tree: a span by key, or a log by row id. */
export interface Selection {
  span: string | null
  log: string | null
}

interface WaterfallTabProps {
  view: Waterfall
  search: InTraceSearch
  selected: number | null
  onSelect: (selection: Selection) => void
  searchBox: RefObject<HTMLInputElement | null>
}

export function WaterfallTab({ view, search, selected, onSelect, searchBox }: WaterfallTabProps) {
  const { preferences, setPreference } = usePreferences()
  const { model } = view
  const open = (node: number) => {
    view.show(node)
    const selection = selectionOf(model, node)
    if (selection) onSelect(selection)
  }
  const close = () => onSelect({ span: null, log: null })
  useTraceKeys({
    view,
    enabled: true,
    panelOpen: selected !== null,
    onOpen: open,
    onClosePanel: close,
    searchBox,
  })
  const logNodes = useMemo(
    () => new Map(model.skeleton.logs.map((log, i) => [log.id, model.spanCount + i])),
    [model],
  )
  const { ref, width } = useSize()
  // Names may take what the person gave them, but not the room of the bars.
  const nameWidth =
    width === 0
      ? preferences.traceNameWidth
      : Math.min(preferences.traceNameWidth, Math.max(200, Math.round(width * 0.45)))
  return (
    <div className="flex h-full min-h-0">
      <div ref={ref} className="flex min-w-0 flex-1 flex-col">
        <div className="flex h-16 shrink-0 border-b bg-canvas">
          <div className="shrink-0 border-r" style={{ width: nameWidth }}>
            <WaterfallToolbar view={view} onGo={selected === null ? view.show : open} />
          </div>
          <div className="flex min-w-0 flex-1 items-center [scrollbar-gutter:stable] overflow-hidden">
            <Minimap model={model} window={view.window} onWindow={view.setWindow} />
          </div>
        </div>
        <SpanTree
          view={view}
          selected={selected}
          matched={search.matched}
          words={search.words}
          nameWidth={nameWidth}
          onNameWidth={(width) => setPreference('traceNameWidth', width)}
          onPick={open}
        />
      </div>
      {selected === null ? null : (
        <PanelFrame
          label={isLog(model, selected) ? 'Log' : 'Span'}
          width={preferences.tracePanelWidth}
          onWidth={(width) => setPreference('tracePanelWidth', width)}
          onClose={close}
        >
          {isLog(model, selected) ? (
            <LogPanel key={selected} model={model} node={selected} onOpenSpan={open} />
          ) : (
            <SpanPanel
              model={model}
              node={selected}
              onPickLog={(id) => {
                const node = logNodes.get(id)
                if (node !== undefined) open(node)
              }}
            />
          )}
        </PanelFrame>
      )}
    </div>
  )
}

/** null for a placeholder: there is nothing to show of it. */
export function selectionOf(model: TraceModel, node: number): Selection | null {
  if (isSpan(model, node)) return { span: spanKey(model, node), log: null }
  if (isLog(model, node)) return { span: null, log: model.skeleton.logs[node - model.spanCount]!.id }
  return null
}
