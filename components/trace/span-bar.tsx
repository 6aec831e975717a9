import { cn } from '@/components/ui/cn'
import { SPAN_MARK } from '@/lib/api/trace'
import { formatDuration } from '@/lib/format/duration'
import { placeLabel } from '@/lib/trace/label-place'
import { isMissing } from '@/lib/trace/rows'
import { fractionOf } from '@/lib/trace/time-window'
import { EventMarks } from './event-marks'
import type { SpanRowProps } from './span-row'

/** Width of a character of the label, with room to spare. */
const CHARACTER = 6.2
const LABEL_PADDING = 14
const MARK_ROOM = 18
const MOST_DOTS = 40

/** The bar of a span with its events, its logs and its duration. */
export function SpanBar({
  node,
  model,
  window,
  timelineWidth,
  color,
  logTimes,
  eventTimes,
  dimmed,
}: SpanRowProps) {
  const start = model.start[node]!
  const end = start + model.duration[node]!
  const from = fractionOf(window, start)
  const to = fractionOf(window, end)
  const missing = isMissing(model, node)
  const failed = !missing && model.skeleton.spans.status[node] === 2
  const marks = missing ? 0 : (model.skeleton.spans.marks[node] ?? 0)
  const unplaced = !eventTimes && (marks & (SPAN_MARK.event | SPAN_MARK.exception)) !== 0
  const label = formatDuration(model.duration[node]!)

  if (to < 0) return <Outside side="left" />
  if (from > 1) return <Outside side="right" />
  const left = Math.max(0, from)
  const right = Math.min(1, to)
  const labelWidth = label.length * CHARACTER + LABEL_PADDING + (unplaced ? MARK_ROOM : 0)
  const { inside, at } = placeLabel({
    left: left * timelineWidth,
    right: right * timelineWidth,
    room: timelineWidth,
    labelWidth,
    marks: eventTimes?.map(({ atNs }) => fractionOf(window, atNs) * timelineWidth) ?? [],
  })
  const onBar = inside && !dimmed
  const instant = model.duration[node] === 0
  return (
    <>
      <span
        aria-hidden
        className={cn(
          'absolute top-[7px] h-[13px]',
          from >= 0 && 'rounded-l-[3px]',
          to <= 1 && 'rounded-r-[3px]',
          missing && 'border border-dashed border-strong bg-transparent',
          dimmed && 'opacity-35',
          failed && 'ring-[1.5px] ring-error ring-inset',
        )}
        style={{
          left: `${left * 100}%`,
          width: `max(2px, ${(right - left) * 100}%)`,
          backgroundColor: missing ? undefined : color?.fill,
        }}
      />
      {instant || dimmed ? null : <Dots times={logTimes} window={window} />}
      {eventTimes ? <EventMarks times={eventTimes} window={window} startNs={start} dimmed={dimmed} /> : null}
      <span
        className={cn(
          'pointer-events-none absolute top-0 flex h-full items-center gap-1 px-1.5 text-2xs whitespace-nowrap tabular-nums',
          inside ? 'font-medium text-fg' : 'text-muted',
        )}
        style={{ left: at, color: onBar && !missing ? color?.text : undefined }}
      >
        {label}
        {unplaced ? <UnplacedMark marks={marks} /> : null}
      </span>
    </>
  )
}

/** The span lies outside of the zoomed window: an arrow says on which side. */
function Outside({ side }: { side: 'left' | 'right' }) {
  return (
    <span aria-hidden className={cn('absolute top-1 text-faint', side === 'left' ? 'left-1' : 'right-1')}>
      {side === 'left' ? '‹' : '›'}
    </span>
  )
}

function Dots({ times, window }: { times: readonly number[] | undefined; window: SpanRowProps['window'] }) {
  return times?.slice(0, MOST_DOTS).map((time) => {
    const at = fractionOf(window, time)
    return at < 0 || at > 1 ? null : (
      <span
        key={time}
        aria-hidden
        className="absolute top-[21px] size-1 -translate-x-1/2 rounded-full bg-muted"
        style={{ left: `${at * 100}%` }}
      />
    )
  })
}

/** Spans of tables that do not tell when events happened: a diamond beside the duration. */
function UnplacedMark({ marks }: { marks: number }) {
  const exception = (marks & SPAN_MARK.exception) !== 0
  return (
    <svg viewBox="0 0 10 10" className="size-2.5" role="img" aria-label={exception ? 'Exception' : 'Events'}>
      <path
        d="M5 1 9 5 5 9 1 5Z"
        fill={exception ? 'var(--color-bar-error)' : 'none'}
        stroke="currentColor"
        strokeWidth="1.2"
      />
    </svg>
  )
}
