'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { spanOptions } from '@/components/api/queries/trace'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs'
import type { TraceModel } from '@/lib/trace/model'
import { duplicateRank } from '@/lib/trace/navigate'
import { EventList } from './event-list'
import { LinkList } from './link-list'
import { SpanDetails } from './span-details'
import { SpanHeading } from './span-heading'
import { SpanLogs } from './span-logs'

interface SpanPanelProps {
  model: TraceModel
  node: number
  onPickLog: (logId: string) => void
}

const TABS = ['details', 'events', 'logs', 'links'] as const

/** Everything about one span. What the skeleton knows is there at once, the rest when it has been fetched. */
export function SpanPanel({ model, node, onPickLog }: SpanPanelProps) {
  const [tab, setTab] = useState<string>('details')
  const spanId = model.skeleton.spans.spanId[node] ?? ''
  const query = useQuery(spanOptions(model.skeleton.traceId, spanId))
  // Duplicated ids come together, in the order of the skeleton.
  const span = query.data?.spans[duplicateRank(model, node)] ?? query.data?.spans[0]
  const logs = query.data?.logs ?? []
  const counts = {
    details: 0,
    events: span?.events.length ?? 0,
    logs: logs.length,
    links: span?.links.length ?? 0,
  }
  const titles = { details: 'Details', events: 'Events', logs: 'Logs', links: 'Links' }
  const tabs = TABS.filter((name) => name === 'details' || counts[name] > 0)
  const current = tabs.find((name) => name === tab) ?? 'details'
  return (
    <>
      <SpanHeading model={model} node={node} span={span} />
      <Tabs value={current} onValueChange={setTab} className="flex min-h-0 flex-1 flex-col">
        <TabList aria-label="About the span">
          {tabs.map((name) => (
            <Tab key={name} value={name}>
              {titles[name]}
              {counts[name] > 0 ? <span className="ml-1 text-xs text-faint">{counts[name]}</span> : null}
            </Tab>
          ))}
        </TabList>
        <TabPanel value={current} tabIndex={0} className="overflow-y-auto px-4 pb-6">
          {query.isError ? (
            <ErrorState error={query.error} onRetry={() => query.refetch()} className="px-0" />
          ) : query.isPending ? (
            <PanelSkeleton />
          ) : !span ? (
            <p className="pt-4 text-muted">This span is no longer stored: its time of keeping may be over.</p>
          ) : current === 'details' ? (
            <SpanDetails key={`${spanId}-${node}`} span={span} logs={logs} traceId={model.skeleton.traceId} />
          ) : current === 'events' ? (
            <EventList events={span.events} startIso={span.start} />
          ) : current === 'logs' ? (
            <SpanLogs logs={logs} startIso={span.start} onPick={onPickLog} />
          ) : (
            <LinkList links={span.links} traceId={model.skeleton.traceId} />
          )}
        </TabPanel>
      </Tabs>
    </>
  )
}

export function PanelSkeleton() {
  return (
    <div className="space-y-2 pt-4" role="status" aria-label="Loading">
      {[60, 85, 70, 90, 50, 80].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="h-4 w-2/5" />
          <div className="flex-1">
            <div style={{ width: `${width}%` }}>
              <Skeleton className="h-4" />
            </div>
          </div>
        </div>
      ))}
    </div>
  )
}
