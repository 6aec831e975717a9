'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { DRAWER_TABS, type DrawerTab, type SearchSource } from '@/components/search/search-params'
import { useSearchState } from '@/components/search/use-search-state'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs'
import type { ColumnMeta } from '@/lib/api/common'
import { traceLink } from '../row-values'
import { AttributesTab } from './attributes-tab'
import { JsonTab } from './json-tab'
import { OverviewTab } from './overview-tab'
import { column, type WholeRecord } from './record'
import { SurroundingTab } from './surrounding-tab'
import { TraceLogsTab } from './trace-logs-tab'

const TraceMini = dynamic(() => import('@/components/trace/trace-mini').then((module) => module.TraceMini), {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-64" />,
})

const TITLES: Readonly<Record<DrawerTab, string>> = {
  overview: 'Overview',
  trace: 'Trace',
  logs: 'Logs of this trace',
  attributes: 'Attributes',
  around: 'Surrounding events',
  json: 'JSON',
}

interface DrawerTabsProps {
  source: SearchSource
  id: string
  record: WholeRecord
  columns: readonly ColumnMeta[]
}

export function DrawerTabs({ source, id, record }: DrawerTabsProps) {
  const [state, patch] = useSearchState()
  const traceId = traceLink({ _id: id, ...record }) === null ? null : column(record, 'TraceId')
  const spanId = column(record, 'SpanId')
  const tabs = DRAWER_TABS.filter((tab) => traceId !== null || (tab !== 'trace' && tab !== 'logs'))
  const current = tabs.includes(state.tab) ? state.tab : 'overview'
  return (
    <Tabs
      value={current}
      onValueChange={(value) => patch({ tab: DRAWER_TABS.find((tab) => tab === value) ?? null }, 'replace')}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TabList aria-label="Record">
        {tabs.map((tab) => (
          <Tab key={tab} value={tab}>
            {TITLES[tab]}
          </Tab>
        ))}
      </TabList>
      <Panel tab="overview">
        <OverviewTab source={source} record={record} />
      </Panel>
      <Panel tab="trace">
        {traceId ? (
          <div className="p-4">
            <TraceMini key={traceId} traceId={traceId} spanId={spanId} />
          </div>
        ) : (
          <NoTrace />
        )}
      </Panel>
      <Panel tab="logs">{traceId ? <TraceLogsTab traceId={traceId} spanId={spanId} /> : <NoTrace />}</Panel>
      <Panel tab="attributes">
        <AttributesTab record={record} />
      </Panel>
      <Panel tab="around">
        <SurroundingTab source={source} id={id} record={record} />
      </Panel>
      <Panel tab="json">
        <JsonTab record={record} />
      </Panel>
    </Tabs>
  )
}

function Panel({ tab, children }: { tab: DrawerTab; children: ReactNode }) {
  return (
    <TabPanel value={tab} tabIndex={0} className="overflow-auto focus-visible:-outline-offset-2">
      {children}
    </TabPanel>
  )
}

function NoTrace() {
  return <EmptyState title="This record belongs to no trace" />
}
