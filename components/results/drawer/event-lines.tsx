'use client'

import { usePreferences } from '@/components/frame/preferences'
import { cn } from '@/components/ui/cn'
import { clockParts, formatDateTime } from '@/lib/time/clock'
import { parseIso } from '@/lib/time/range'
import { oneLine } from '../row-values'
import { TEXT_OF_TONE, toneOfSeverity, toneOfStatus } from '../severity-tone'

export interface EventLine {
  readonly id: string
  readonly time: string
  /** Severity or status. */
  readonly level: string
  readonly service: string
  readonly text: string
  readonly current: boolean
}

interface EventLinesProps {
  lines: readonly EventLine[]
  onOpen: (id: string) => void
}

/** Records as lines of a log file, oldest first. */
export function EventLines({ lines, onOpen }: EventLinesProps) {
  const { preferences } = usePreferences()
  return (
    <ol className="py-1">
      {lines.map((line) => {
        const nanos = parseIso(line.time)
        const parts = nanos === null ? null : clockParts(nanos, preferences.zone)
        const tone = /^(unset|ok|status_code)/i.test(line.level)
          ? toneOfStatus(line.level)
          : toneOfSeverity(line.level)
        return (
          <li key={line.id}>
            <button
              type="button"
              aria-current={line.current || undefined}
              className={cn(
                'grid min-h-7 w-full grid-cols-[96px_52px_minmax(60px,110px)_minmax(0,1fr)] items-center gap-2 border-l-2 px-4 text-left font-mono text-xs hover:bg-hover focus-visible:-outline-offset-2',
                line.current ? 'border-l-accent bg-selected' : 'border-l-transparent',
              )}
              onClick={() => onOpen(line.id)}
            >
              <time
                dateTime={line.time}
                title={nanos === null ? line.time : formatDateTime(nanos, preferences.zone)}
              >
                {parts ? parts.time : line.time}
                <span className="text-faint">{parts ? `.${parts.fraction.slice(0, 3)}` : ''}</span>
              </time>
              <span className={cn('truncate text-2xs font-semibold', TEXT_OF_TONE[tone])}>
                {levelName(line.level)}
              </span>
              <span className="truncate font-sans text-muted">{line.service}</span>
              <span className="truncate" title={line.text.slice(0, 1000)}>
                {oneLine(line.text)}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}

/** Severities are written large everywhere; a status is a word, and none is none. */
function levelName(level: string): string {
  if (level === '' || /^(STATUS_CODE_)?unset$/i.test(level)) return '–'
  return level.replace(/^STATUS_CODE_/, '').toUpperCase()
}
