'use client'

import Link from 'next/link'
import { memo } from 'react'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { ServiceName, useServiceColor } from '@/components/ui/service-dot'
import type { SearchRow } from '@/lib/api/search'
import { formatDuration } from '@/lib/format/duration'
import { clockParts, formatDateTime, type Zone } from '@/lib/time/clock'
import { parseIso } from '@/lib/time/range'
import { shortDate } from '@/lib/time/range-label'
import { Highlighted } from './highlighted'
import { cellText, oneLine, traceLink } from './row-values'
import { TEXT_OF_TONE, toneOfSeverity, toneOfStatus } from './severity-tone'

export interface CellProps {
  row: SearchRow
  field: string
  zone: Zone
  /** The day stands before the time when the results span more than one. */
  withDate: boolean
  /** Duration of a full bar; longer ones are drawn broken. */
  longestNs: number
  /** Words that were searched for. */
  words: readonly string[]
}

/** How one column shows its value. Unknown columns are text. */
export const Cell = memo(function Cell({ row, field, zone, withDate, longestNs, words }: CellProps) {
  const text = cellText(row, field)
  switch (field) {
    case 'Timestamp':
      return <Time text={text} zone={zone} withDate={withDate} />
    case 'ServiceName':
      return <ServiceName service={text} />
    case 'StatusCode':
      return <Status text={text} />
    case 'SeverityText':
      return (
        <span className={cn('truncate font-mono text-2xs font-semibold', TEXT_OF_TONE[toneOfSeverity(text)])}>
          {text === '' ? '–' : text.toUpperCase()}
        </span>
      )
    case 'Duration':
      return <Duration text={text} service={cellText(row, 'ServiceName')} longestNs={longestNs} />
    case 'TraceId':
    case 'SpanId':
    case 'ParentSpanId': {
      const href = field === 'ParentSpanId' ? null : traceLink(row)
      return href ? (
        <Link href={href} prefetch={false} className="truncate font-mono text-accent hover:underline">
          {text}
        </Link>
      ) : (
        <span className="truncate font-mono text-muted">{text}</span>
      )
    }
    case 'SpanName':
      return (
        <span className="truncate" title={text}>
          <Highlighted text={oneLine(text)} words={words} />
        </span>
      )
    default:
      return (
        <span className={cn('truncate font-mono', field === 'Body' ? 'text-fg' : 'text-muted')}>
          <Highlighted text={oneLine(text)} words={field === 'Body' ? words : []} />
        </span>
      )
  }
})

/** Most spans are neither fine nor wrong: only what says something gets a colour. */
function Status({ text }: { text: string }) {
  const tone = toneOfStatus(text)
  const name = text.replace(/^STATUS_CODE_/, '')
  return tone === 'neutral' ? <span className="text-faint">{name}</span> : <Badge tone={tone}>{name}</Badge>
}

function Time({ text, zone, withDate }: { text: string; zone: Zone; withDate: boolean }) {
  const nanos = parseIso(text)
  if (nanos === null) return <span className="truncate font-mono">{text}</span>
  const { date, time, fraction } = clockParts(nanos, zone)
  return (
    <time dateTime={text} title={formatDateTime(nanos, zone)} className="truncate font-mono">
      {withDate ? <span className="text-muted">{shortDate(date)} </span> : null}
      {time}
      <span className="text-faint">.{fraction.slice(0, withDate ? 3 : 6)}</span>
    </time>
  )
}

function Duration({ text, service, longestNs }: { text: string; service: string; longestNs: number }) {
  const color = useServiceColor()(service)
  const whole = longestNs > 0 ? Math.max(0, Number(text) / longestNs) : 0
  const share = Math.min(1, whole)
  return (
    <span className="flex w-full min-w-0 items-center gap-2" title={text === '' ? undefined : `${text} ns`}>
      <span className="w-[68px] shrink-0 text-right font-mono">{formatDuration(text)}</span>
      <span className="flex h-1.5 min-w-0 flex-1 gap-0.5">
        <span
          className="h-full min-w-[3px] rounded-[2px] opacity-80"
          style={{ width: `${(share * 100).toFixed(2)}%`, backgroundColor: color }}
        />
        {/* Longer than the scale: the bar is broken. */}
        {whole > 1 ? (
          <span
            className="h-full w-1.5 shrink-0 rounded-[2px] opacity-80"
            style={{ backgroundColor: color }}
          />
        ) : null}
      </span>
    </span>
  )
}
