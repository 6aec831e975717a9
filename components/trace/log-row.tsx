import { memo } from 'react'
import { cn } from '@/components/ui/cn'
import { formatDuration } from '@/lib/format/duration'
import type { TraceModel } from '@/lib/trace/model'
import { fractionOf, type TimeWindow } from '@/lib/trace/time-window'
import { Highlight } from './highlight'
import { severityLabel, severityTone, TONE_FILL, TONE_TEXT } from './severity'
import { TimelineCell } from './timeline-cell'
import { TreeCell } from './tree-cell'

interface LogRowProps {
  id: string
  node: number
  model: TraceModel
  active: boolean
  selected: boolean
  dimmed: boolean
  words: readonly string[]
  window: TimeWindow
  nameWidth: number
  top: number
}

/** A log record at its place in the tree. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { id, node, model, active, selected, dimmed, words, window, nameWidth, top } = props
  const log = model.skeleton.logs[node - model.spanCount]!
  const tone = severityTone(log.severityNumber, log.severityText)
  const at = fractionOf(window, model.start[node]!)
  return (
    <div
      id={id}
      data-node={node}
      role="treeitem"
      tabIndex={-1}
      aria-level={model.depth[node]! + 1}
      aria-selected={selected}
      className={cn(
        'absolute inset-x-0 flex h-7 cursor-default border-b border-line/60 text-2xs hover:bg-hover/60',
        selected && 'bg-selected shadow-[inset_2px_0_var(--color-accent)]',
        active && 'bg-hover/80',
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      <TreeCell depth={model.depth[node]!} width={nameWidth} open={null}>
        <span className={cn('shrink-0 font-medium', dimmed ? 'text-faint' : TONE_TEXT[tone])}>
          {severityLabel(log.severityNumber, log.severityText)}
        </span>
        <span
          className={cn('min-w-0 truncate font-mono', dimmed ? 'text-faint' : 'text-muted')}
          title={log.body}
        >
          <Highlight text={log.body || log.eventName || '(empty)'} words={words} />
        </span>
      </TreeCell>
      <TimelineCell>
        {at < 0 || at > 1 ? null : (
          <>
            <span
              aria-hidden
              className={cn(
                'absolute top-[10px] size-[7px] -translate-x-1/2 rounded-full',
                TONE_FILL[tone],
                dimmed && 'opacity-40',
              )}
              style={{ left: `${at * 100}%` }}
            />
            <span
              className={cn(
                'absolute top-0 flex h-full items-center px-2 whitespace-nowrap text-faint',
                at > 0.85 && '-translate-x-full',
              )}
              style={{ left: `${at * 100}%` }}
            >
              {formatDuration(model.start[node]!)}
            </span>
          </>
        )}
      </TimelineCell>
    </div>
  )
})
