import { formatDuration } from '@/lib/format/duration'
import type { EventTime } from '@/lib/trace/event-times'
import { fractionOf, type TimeWindow } from '@/lib/trace/time-window'

interface EventMarksProps {
  times: readonly EventTime[]
  window: TimeWindow
  /** Start of the span: people count from there. */
  startNs: number
  dimmed: boolean
}

/** A diamond where each event of a span happened, filled red for an exception. */
export function EventMarks({ times, window, startNs, dimmed }: EventMarksProps) {
  return times.map(({ atNs, exception }) => {
    const at = fractionOf(window, atNs)
    if (at < 0 || at > 1) return null
    const label = `${exception ? 'Exception' : 'Event'} at +${formatDuration(atNs - startNs)}`
    return (
      <svg
        key={`${atNs} ${exception}`}
        viewBox="0 0 10 10"
        role="img"
        aria-label={label}
        className="absolute top-[8px] size-[11px] -translate-x-1/2"
        style={{ left: `${at * 100}%`, opacity: dimmed ? 0.5 : undefined }}
      >
        <title>{label}</title>
        <path
          d="M5 0.7 9.3 5 5 9.3 0.7 5Z"
          fill={exception ? 'var(--color-bar-error)' : 'var(--color-canvas)'}
          stroke={exception ? 'var(--color-canvas)' : 'var(--color-fg)'}
          strokeWidth="1.2"
        />
      </svg>
    )
  })
}
