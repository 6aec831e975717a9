import { CircleAlert, Link2, MessagesSquare, Sparkles, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { cn } from '@/components/ui/cn'
import { SPAN_MARK } from '@/lib/api/trace'
import type { EventTime } from '@/lib/trace/event-times'
import type { TraceModel } from '@/lib/trace/model'
import { descendantsOf, errorsBelow } from '@/lib/trace/navigate'
import { isMissing } from '@/lib/trace/rows'
import type { TimeWindow } from '@/lib/trace/time-window'
import type { BarColor } from './bar-colors'
import { flagNotes } from './flag-notes'
import { Highlight } from './highlight'
import { SpanBar } from './span-bar'
import { TimelineCell } from './timeline-cell'
import { TreeCell } from './tree-cell'

export interface SpanRowProps {
  id: string
  node: number
  model: TraceModel
  open: boolean | null
  active: boolean
  selected: boolean
  /** A search is on, and this row is not among its matches. */
  dimmed: boolean
  words: readonly string[]
  window: TimeWindow
  nameWidth: number
  timelineWidth: number
  color: BarColor | null
  /** Offsets of the span's logs, drawn as dots. */
  logTimes: readonly number[] | undefined
  eventTimes: readonly EventTime[] | undefined
  top: number
}

/** A service takes no more than this part of the column: what tells rows apart is the operation. */
const MOST_SERVICE = 0.42

/**
 * A span, or the placeholder of one that is missing. Memoised: scrolling and moving re-render only what changed.
 * Clicks and keys are handled by the tree, which has the focus (aria-activedescendant).
 */
export const SpanRow = memo(function SpanRow(props: SpanRowProps) {
  const { id, node, model, open, active, selected, nameWidth, top } = props
  return (
    <div
      id={id}
      data-node={node}
      role="treeitem"
      tabIndex={-1}
      aria-level={model.depth[node]! + 1}
      aria-expanded={open ?? undefined}
      aria-selected={selected}
      className={cn(
        'absolute inset-x-0 flex h-7 cursor-default border-b border-line/60 text-xs hover:bg-hover/60',
        selected && 'bg-selected shadow-[inset_2px_0_var(--color-accent)]',
        active && 'bg-hover/80',
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      <TreeCell depth={model.depth[node]!} width={nameWidth} open={open}>
        {isMissing(model, node) ? <MissingName model={model} node={node} /> : <SpanName {...props} />}
      </TreeCell>
      <TimelineCell>
        <SpanBar {...props} />
      </TimelineCell>
    </div>
  )
})

function MissingName({ model, node }: { model: TraceModel; node: number }) {
  const id = model.missingIds[node - model.logEnd] ?? ''
  return (
    <span
      className="min-w-0 truncate text-faint italic"
      title={`Spans name ${id} as their parent; it is not here`}
    >
      missing parent <span className="font-mono not-italic">{id}</span>
    </span>
  )
}

function SpanName({ node, model, open, color, words, nameWidth, dimmed }: SpanRowProps) {
  const { spans, serviceNames, spanNames } = model.skeleton
  const service = serviceNames[spans.service[node]!] ?? ''
  const name = spanNames[spans.name[node]!] ?? ''
  const marks = spans.marks[node] ?? 0
  const flags = model.flags[node] ?? 0
  const failed = spans.status[node] === 2
  const hiddenErrors = open === false ? errorsBelow(model, node) : 0
  return (
    <>
      <span
        aria-hidden
        className={cn('size-2 shrink-0 rounded-[2px]', dimmed && 'opacity-40')}
        style={{ backgroundColor: color?.fill }}
      />
      <span className="flex min-w-0 gap-1" title={`${service}  ${name}`}>
        <span
          className={cn('shrink-0 truncate font-medium', dimmed ? 'text-faint' : 'text-fg')}
          style={{ maxWidth: nameWidth * MOST_SERVICE }}
        >
          <Highlight text={service || '(no service)'} words={words} />
        </span>{' '}
        <span className={cn('min-w-0 truncate', dimmed ? 'text-faint' : 'text-muted')}>
          <Highlight text={name || '(no name)'} words={words} />
        </span>
      </span>
      {failed ? <CircleAlert size={13} aria-label="Error" className="shrink-0 text-error" /> : null}
      {flags > 0 ? (
        <span title={flagNotes(flags).join('\n')} className="shrink-0 text-warn">
          <TriangleAlert size={12} aria-label={flagNotes(flags).join('. ')} />
        </span>
      ) : null}
      {marks & SPAN_MARK.genAi ? (
        <Sparkles size={12} aria-label="GenAI" className="shrink-0 text-accent" />
      ) : null}
      {marks & SPAN_MARK.link ? (
        <Link2 size={12} aria-label="Has links" className="shrink-0 text-faint" />
      ) : null}
      {open === false ? (
        <span className="ml-auto flex shrink-0 items-center gap-1 rounded-sm bg-hover px-1 text-2xs text-faint">
          {hiddenErrors > 0 ? <span className="text-error">{hiddenErrors} err</span> : null}+
          {descendantsOf(model, node)}
        </span>
      ) : null}
      {open !== false && marks & SPAN_MARK.log ? (
        <MessagesSquare size={11} aria-label="Has logs" className="ml-auto shrink-0 text-faint/70" />
      ) : null}
    </>
  )
}
