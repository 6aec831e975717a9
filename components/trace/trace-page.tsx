'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useEffect, useMemo, useRef } from 'react'
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs'
import type { TraceSkeleton } from '@/lib/api/trace'
import { formatCount } from '@/lib/format/number'
import { nextMatch } from '@/lib/trace/match'
import { buildTraceModel, type TraceModel } from '@/lib/trace/model'
import { nodeOfKey } from '@/lib/trace/navigate'
import { InTraceSearchBox } from './in-trace-search-box'
import { isStillArriving, liveSkeletonOptions } from './queries'
import { TRACE_TABS, traceParams } from './search-params'
import { TraceHeader, TraceTopBar } from './trace-header'
import { TraceJson } from './trace-json'
import { TraceLogTable } from './trace-logs'
import { TraceFailed, TraceIdInvalid, TraceLoading, TruncatedNotice } from './trace-states'
import { useInTraceSearch } from './use-in-trace-search'
import { useWaterfall } from './use-waterfall'
import { selectionOf, WaterfallTab } from './waterfall-tab'

/** The Trace page: fetches the skeleton of a trace and arranges the views of it. */
export function TracePage({ traceId }: { traceId: string }) {
  const id = traceId.trim().toLowerCase()
  const valid = /^[0-9a-f]{32}$/.test(id)
  const query = useQuery({ ...liveSkeletonOptions(id), enabled: valid })
  return (
    <div className="flex h-full min-h-0 flex-col">
      <TraceTopBar
        traceId={valid ? id : traceId}
        refreshing={query.isFetching}
        {...(valid ? { onRefresh: () => void query.refetch() } : {})}
      />
      {!valid ? (
        <TraceIdInvalid text={traceId} />
      ) : query.data ? (
        <TraceView key={id} trace={query.data} />
      ) : query.isError ? (
        <TraceFailed traceId={id} error={query.error} onRetry={() => query.refetch()} />
      ) : (
        <TraceLoading />
      )}
    </div>
  )
}

const TITLES = { waterfall: 'Waterfall', logs: 'Logs', json: 'JSON' } as const

function TraceView({ trace }: { trace: TraceSkeleton }) {
  const model = useMemo(() => buildTraceModel(trace), [trace])
  const [params, setParams] = useQueryStates(traceParams, { history: 'replace' })
  const selected = selectedNode(model, params.span, params.log)
  const view = useWaterfall(model, selected)
  const search = useInTraceSearch(model, params.q)
  const searchBox = useRef<HTMLInputElement>(null)
  const current = view.active === null ? -1 : search.matches.indexOf(view.active)
  const wanted = useRef<1 | -1 | null>(null)
  const step = (by: 1 | -1) => {
    wanted.current = null
    if (search.pending && search.matches.length === 0) {
      wanted.current = by
      search.hurry()
      return
    }
    const index = nextMatch(model, search.matches, view.active, by)
    const node = search.matches[index]
    if (node === undefined) return
    view.show(node)
    if (selected !== null) void setParams(selectionOf(model, node) ?? {})
  }
  // Enter was pressed before the server's matches were there: it means the first of them.
  useEffect(() => {
    if (wanted.current !== null && !search.pending) step(wanted.current)
  })
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <TraceHeader model={model} arriving={isStillArriving(trace, Date.now())} />
      <Tabs
        value={params.tab}
        onValueChange={(value) => {
          const tab = TRACE_TABS.find((name) => name === value)
          if (tab) void setParams({ tab })
        }}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="flex shrink-0 items-center border-b pr-4">
          <TabList aria-label="Views of the trace" className="flex-1 border-b-0">
            {TRACE_TABS.map((name) => (
              <Tab key={name} value={name}>
                {TITLES[name]}
                {name === 'logs' ? (
                  <span className="ml-1 text-xs text-faint">{formatCount(trace.logs.length)}</span>
                ) : null}
              </Tab>
            ))}
          </TabList>
          {params.tab === 'json' ? null : (
            <InTraceSearchBox
              ref={searchBox}
              text={params.q}
              search={search}
              current={current}
              onText={(q) => {
                wanted.current = null
                void setParams({ q })
              }}
              onStep={step}
              onLeave={() => searchBox.current?.blur()}
            />
          )}
        </div>
        {trace.truncated ? (
          <TruncatedNotice shown={model.spanCount} spanCount={trace.spanCount} logs={trace.logs.length} />
        ) : null}
        <TabPanel value="waterfall">
          <WaterfallTab
            view={view}
            search={search}
            selected={selected}
            onSelect={(selection) => void setParams(selection)}
            searchBox={searchBox}
          />
        </TabPanel>
        <TabPanel value="logs" className="flex flex-col">
          <TraceLogTable
            trace={trace}
            filter={params.q}
            onPick={(log) => {
              const node = model.spanCount + trace.logs.indexOf(log)
              view.show(node)
              void setParams({ tab: 'waterfall', span: null, log: log.id, q: '' })
            }}
          />
        </TabPanel>
        <TabPanel value="json" className="overflow-auto">
          <TraceJson traceId={trace.traceId} spanCount={trace.spanCount} />
        </TabPanel>
      </Tabs>
    </main>
  )
}

function selectedNode(model: TraceModel, span: string | null, log: string | null): number | null {
  if (log !== null) {
    const index = model.skeleton.logs.findIndex((item) => item.id === log)
    if (index !== -1) return model.spanCount + index
  }
  return nodeOfKey(model, span)
}
