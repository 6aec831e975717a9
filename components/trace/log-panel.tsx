'use client'

import { useQuery } from '@tanstack/react-query'
import { CornerUpLeft } from 'lucide-react'
import { rowOptions } from '@/components/api/queries/row'
import { usePreferences } from '@/components/frame/preferences'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorState } from '@/components/ui/error-state'
import { ServiceName } from '@/components/ui/service-dot'
import { formatDuration } from '@/lib/format/duration'
import { formatDateTime } from '@/lib/time/clock'
import { parseIso } from '@/lib/time/range'
import type { TraceModel } from '@/lib/trace/model'
import { AttributeList } from './attribute-list'
import { LongText } from './long-text'
import { severityLabel, severityTone } from './severity'
import { PanelSkeleton } from './span-panel'

interface LogPanelProps {
  model: TraceModel
  node: number
  onOpenSpan: (node: number) => void
}

/** One log record of the trace, whole. */
export function LogPanel({ model, node, onOpenSpan }: LogPanelProps) {
  const log = model.skeleton.logs[node - model.spanCount]!
  const query = useQuery(rowOptions('logs', log.id))
  const { preferences } = usePreferences()
  const row = query.data?.row
  const body = typeof row?.Body === 'string' ? row.Body : log.body
  const span = model.parent[node]!
  const time = parseIso(log.time)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-2.5 pb-6">
      <div className="flex flex-wrap items-center gap-2 pr-8 text-xs text-muted">
        <Badge tone={severityTone(log.severityNumber, log.severityText)}>
          {severityLabel(log.severityNumber, log.severityText)}
        </Badge>
        <ServiceName service={log.service} />
        <span className="tabular-nums">at {formatDuration(model.start[node]!)}</span>
      </div>
      <p className="mt-2 font-mono text-xs break-words">
        <LongText text={body} limit={4000} />
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-1.5">
        {span >= 0 && span < model.spanCount ? (
          <Button size="sm" onClick={() => onOpenSpan(span)}>
            <CornerUpLeft size={12} aria-hidden />
            Open its span
          </Button>
        ) : (
          <span className="text-xs text-faint">
            {log.spanId === '' ? 'This log names no span.' : `Its span ${log.spanId} is not in the trace.`}
          </span>
        )}
        <CopyButton text={body} label="Copy body" />
      </div>
      {query.isPending ? <PanelSkeleton /> : null}
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} className="px-0" />
      ) : null}
      <AttributeList
        title="Attributes"
        source="logs"
        fieldOf={(key) => `LogAttributes.${key}`}
        attributes={attributesOf(row?.LogAttributes)}
        filter=""
        startIso={log.time}
      />
      <AttributeList
        title="Resource"
        source="logs"
        fieldOf={(key) => `ResourceAttributes.${key}`}
        attributes={attributesOf(row?.ResourceAttributes)}
        filter=""
        startIso={log.time}
      />
      <h3 className="mt-3 mb-1 text-xs font-semibold text-muted">Log</h3>
      <dl className="text-xs">
        {[
          ['Time', time === null ? log.time : formatDateTime(time, preferences.zone)],
          ['Span id', log.spanId],
          ['Event', log.eventName],
        ]
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 py-[3px]">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 font-mono break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </div>
  )
}

function attributesOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, typeof item === 'string' ? item : JSON.stringify(item)]),
  )
}
