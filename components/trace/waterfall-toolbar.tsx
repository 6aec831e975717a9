'use client'

import { ChevronsDownUp, ChevronsUpDown, Maximize2, ScrollText, TriangleAlert } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { formatDuration } from '@/lib/format/duration'
import { nextError } from '@/lib/trace/navigate'
import { sameWindow } from '@/lib/trace/time-window'
import type { Waterfall } from './use-waterfall'

interface WaterfallToolbarProps {
  view: Waterfall
  onGo: (node: number) => void
}

/** Beside the minimap: open and close all, logs, errors, and how much of the time is in view. */
export function WaterfallToolbar({ view, onGo }: WaterfallToolbarProps) {
  const { model, window } = view
  const errors = model.errorsBefore[model.nodeCount] ?? 0
  const whole = sameWindow(window, model.extent)
  return (
    <div className="flex h-full min-w-0 flex-col justify-between px-1.5 py-1">
      <div className="flex items-center gap-0.5">
        <IconButton label="Open all" size="sm" onClick={view.openAll}>
          <ChevronsUpDown size={14} aria-hidden />
        </IconButton>
        <IconButton label="Close all" size="sm" onClick={view.closeAll}>
          <ChevronsDownUp size={14} aria-hidden />
        </IconButton>
        {model.logEnd > model.spanCount ? (
          <IconButton
            label="Logs in the tree"
            keys="l"
            size="sm"
            aria-pressed={view.showLogs}
            onClick={() => view.setShowLogs(!view.showLogs)}
          >
            <ScrollText size={14} aria-hidden />
          </IconButton>
        ) : null}
        {errors > 0 ? (
          <IconButton
            label="Next error"
            keys="e"
            size="sm"
            onClick={() => {
              const node = nextError(model, view.active ?? -1)
              if (node !== null) onGo(node)
            }}
          >
            <TriangleAlert size={14} aria-hidden className="text-error" />
          </IconButton>
        ) : null}
        <IconButton
          label="Whole trace"
          keys="Esc"
          size="sm"
          disabled={whole}
          onClick={() => view.setWindow(null)}
        >
          <Maximize2 size={13} aria-hidden />
        </IconButton>
      </div>
      <p className="truncate px-1.5 text-2xs text-faint tabular-nums">
        {whole
          ? 'Drag in the minimap or the axis to zoom'
          : `${formatDuration(window.toNs - window.fromNs)} of ${formatDuration(model.extent.toNs - model.extent.fromNs)}, from ${formatDuration(window.fromNs)}`}
      </p>
    </div>
  )
}
