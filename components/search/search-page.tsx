'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useEffect } from 'react'
import { ApiError } from '@/components/api/api-error'
import { hasRecords, sourcesOptions } from '@/components/api/queries/sources'
import { FacetPanel } from '@/components/facets/facet-panel'
import { useHotkeys } from '@/components/frame/hotkeys'
import { usePreferences } from '@/components/frame/preferences'
import { OpenRecord } from '@/components/results/drawer/open-record'
import { ResultsPane } from '@/components/results/results-pane'
import { useTail } from '@/components/results/use-tail'
import { EngineNote } from './engine-note'
import { FilterChips } from './filter-chips'
import { SearchRunProvider, useSearchRun } from './search-context'
import { TopBar } from './top-bar'
import { useArrival } from './use-arrival'
import { useHistogram, useRows } from './use-search-queries'
import { useSearchState } from './use-search-state'

const EmptyDatabase = dynamic(
  () => import('@/components/empty/empty-database').then((module) => module.EmptyDatabase),
  { ssr: false, loading: () => <div className="flex-1" /> },
)

export function SearchPage() {
  return (
    <SearchRunProvider>
      <SearchView />
    </SearchRunProvider>
  )
}

function SearchView() {
  const [state, patch] = useSearchState()
  const { rerun } = useSearchRun()
  const { preferences, setPreference } = usePreferences()
  const sources = useQuery(sourcesOptions())
  const isEmpty = sources.data !== undefined && !hasRecords(sources.data)
  useArrival(state.source, sources.data?.find(({ id }) => id === state.source)?.hasData, rerun)
  const rows = useRows(!isEmpty && !state.live)
  const histogram = useHistogram(!isEmpty)
  const tail = useTail(rows.request, state.live && !isEmpty)
  // The histogram and the facets follow the live rows at a calmer pace.
  const following = state.live && !tail.paused && !isEmpty
  useEffect(() => {
    if (!following) return
    const timer = setInterval(rerun, 15_000)
    return () => clearInterval(timer)
  }, [following, rerun])
  useHotkeys([
    { keys: 'r', label: 'Search again', group: 'Search', run: rerun },
    {
      keys: 'l',
      label: 'Live on or off',
      group: 'Search',
      run: () => patch({ live: !state.live || null, row: null }),
    },
    {
      keys: 'f',
      label: 'Show or hide facets',
      group: 'Search',
      run: () => setPreference('facetsOpen', !preferences.facetsOpen),
    },
  ])
  const error = rows.query.error instanceof ApiError ? rows.query.error : null
  return (
    <main className="relative flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Search {state.source}</h1>
      <TopBar error={error} />
      <EngineNote reason={rows.query.failureReason ?? sources.failureReason} />
      {isEmpty ? (
        <EmptyDatabase />
      ) : (
        <>
          <FilterChips />
          <div className="flex min-h-0 flex-1">
            {preferences.facetsOpen ? <FacetPanel /> : null}
            <ResultsPane rows={rows} histogram={histogram} tail={tail} />
          </div>
          <OpenRecord rows={state.live ? tail.rows : rows.rows} />
        </>
      )}
    </main>
  )
}
