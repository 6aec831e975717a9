'use client'

import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { usePreferences } from '@/components/frame/preferences'
import { cn } from '@/components/ui/cn'
import { ErrorState } from '@/components/ui/error-state'
import { ServiceDot } from '@/components/ui/service-dot'
import { Skeleton } from '@/components/ui/skeleton'
import type { TraceSkeleton } from '@/lib/api/trace'
import { formatDuration } from '@/lib/format/duration'
import { clockParts } from '@/lib/time/clock'
import { parseIso } from '@/lib/time/range'
import { offsetReader } from '@/lib/trace/offset'
import { liveSkeletonOptions } from './queries'
import { ROW_HEIGHT } from './row-frame'
import { severityLabel, severityTone, TONE_TEXT } from './severity'

type Log = TraceSkeleton['logs'][number]

interface TraceLogTableProps {
  trace: TraceSkeleton
  onPick: (log: Log) => void
  /** Only logs whose service or body contain this. */
  filter?: string
  className?: string
}

const CELLS = 'grid grid-cols-[104px_76px_60px_132px_minmax(0,1fr)] items-center gap-3 px-4'

/** Logs of a trace in order of time. A click opens the span that wrote one. */
export function TraceLogTable({ trace, onPick, filter = '', className }: TraceLogTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const { preferences } = usePreferences()
  const offsetOf = useMemo(() => offsetReader(trace.start), [trace.start])
  const logs = useMemo(() => {
    const wanted = filter.trim().toLowerCase()
    const all = [...trace.logs].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    return wanted === ''
      ? all
      : all.filter((log) => `${log.service}\n${log.severityText}\n${log.body}`.toLowerCase().includes(wanted))
  }, [trace.logs, filter])
  const virtual = useVirtualizer({
    count: logs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })
  if (logs.length === 0) {
    return (
      <p className="p-4 text-muted">
        {trace.logs.length === 0
          ? 'No log carries the id of this trace. Services that do not send it: open a span and take “Logs around this span”.'
          : `No log contains “${filter}”.`}
      </p>
    )
  }
  return (
    <div className={cn('flex min-h-0 flex-1 flex-col', className)}>
      <div className={cn(CELLS, 'h-7 shrink-0 border-b bg-panel text-2xs text-faint')}>
        <span>Time</span>
        <span className="text-right">Offset</span>
        <span>Level</span>
        <span>Service</span>
        <span>Body</span>
      </div>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
        <ol className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const log = logs[item.index]!
            const tone = severityTone(log.severityNumber, log.severityText)
            const clock = clockParts(parseIso(log.time) ?? 0n, preferences.zone)
            return (
              <li
                key={log.id}
                className="absolute inset-x-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <button
                  type="button"
                  className={cn(
                    CELLS,
                    'h-7 w-full border-b border-line/60 text-left text-xs hover:bg-hover/60',
                  )}
                  onClick={() => onPick(log)}
                  title={log.time}
                >
                  <span className="font-mono whitespace-nowrap">
                    {clock.time}
                    <span className="text-faint">.{clock.fraction.slice(0, 3)}</span>
                  </span>
                  <span className="text-right font-mono whitespace-nowrap text-muted">
                    {formatDuration(offsetOf(log.time))}
                  </span>
                  <span className={cn('truncate text-2xs font-medium', TONE_TEXT[tone])}>
                    {severityLabel(log.severityNumber, log.severityText)}
                  </span>
                  <span className="flex min-w-0 items-center gap-1.5">
                    <ServiceDot service={log.service} />
                    <span className="truncate">{log.service}</span>
                  </span>
                  <span className="truncate font-mono">{log.body || log.eventName}</span>
                </button>
              </li>
            )
          })}
        </ol>
      </div>
    </div>
  )
}

interface TraceLogsProps {
  traceId: string
  onPick: (log: Log) => void
  className?: string
}

/** The same, fetched by trace id: for the drawer of the Search page. */
export function TraceLogs({ traceId, onPick, className }: TraceLogsProps) {
  const query = useQuery(liveSkeletonOptions(traceId))
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  if (query.isPending) {
    return (
      <div className="space-y-2 p-4" role="status" aria-label="Loading">
        <Skeleton className="h-5" />
        <Skeleton className="h-5" />
        <Skeleton className="h-5" />
      </div>
    )
  }
  return <TraceLogTable trace={query.data} onPick={onPick} className={className} />
}
