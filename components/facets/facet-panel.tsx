'use client'

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { PanelLeftClose } from 'lucide-react'
import { useState } from 'react'
import { ApiError } from '@/components/api/api-error'
import { facetsOptions } from '@/components/api/queries/facets'
import { usePreferences } from '@/components/frame/preferences'
import { PendingNote } from '@/components/results/pending-note'
import { useSearchRun } from '@/components/search/search-context'
import { useSearchState } from '@/components/search/use-search-state'
import { ErrorState } from '@/components/ui/error-state'
import { IconButton } from '@/components/ui/icon-button'
import { ResizeHandle } from '@/components/ui/resize-handle'
import { Skeleton } from '@/components/ui/skeleton'
import { FacetGroup } from './facet-group'

/** Left panel: for each field its most frequent values in the current search, to include or exclude. */
export function FacetPanel() {
  const { preferences, setPreference } = usePreferences()
  const [width, setWidth] = useState(preferences.facetsWidth)
  const [state] = useSearchState()
  const { selection } = useSearchRun()
  const client = useQueryClient()
  const options = facetsOptions(selection ?? { source: state.source, from: 'now', to: 'now' })
  const { data, error, isPending, isFetching, isPlaceholderData, refetch } = useQuery({
    ...options,
    enabled: selection !== null,
    placeholderData: (before, beforeQuery) => {
      const request = beforeQuery?.queryKey[1]
      const same =
        typeof request === 'object' &&
        request !== null &&
        'source' in request &&
        request.source === state.source
      return same ? keepPreviousData(before) : undefined
    },
  })
  return (
    <aside aria-label="Facets" className="relative flex min-h-0 shrink-0 flex-col border-r" style={{ width }}>
      <div className="flex h-8 shrink-0 items-center justify-between pr-1.5 pl-3 text-2xs text-faint">
        <span>{data?.sampled ? 'Estimates from a sample' : 'Filter by'}</span>
        {isFetching ? (
          <PendingNote
            key={JSON.stringify(options.queryKey)}
            label="Counting"
            onCancel={() => void client.cancelQueries({ queryKey: options.queryKey })}
          />
        ) : null}
        <IconButton label="Hide facets" keys="f" size="sm" onClick={() => setPreference('facetsOpen', false)}>
          <PanelLeftClose size={14} aria-hidden />
        </IconButton>
      </div>
      <div className={`min-h-0 flex-1 overflow-y-auto pb-6 ${isPlaceholderData ? 'opacity-60' : ''}`}>
        {data
          ? data.facets
              .filter((facet) => facet.values.length > 0)
              .map((facet) => <FacetGroup key={`${state.source} ${facet.field}`} facet={facet} />)
          : null}
        {!data && error ? <FacetError error={error} onRetry={() => void refetch()} /> : null}
        {data?.facets.every((facet) => facet.values.length === 0) ? (
          <p className="px-3 py-1 text-xs text-faint">Nothing to filter by</p>
        ) : null}
        {!data && isPending && !error ? <FacetSkeleton /> : null}
      </div>
      <ResizeHandle
        label="Width of facets"
        value={width}
        min={180}
        max={480}
        edge="right"
        onChange={setWidth}
        onCommit={(value) => setPreference('facetsWidth', value)}
      />
    </aside>
  )
}

/** A mistake in the query is explained beside the results already. */
function FacetError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return error instanceof ApiError && error.problem.status < 422 ? (
    <p className="px-3 py-1 text-xs text-faint">No facets: the search did not run</p>
  ) : (
    <ErrorState error={error} title="No facets" onRetry={onRetry} />
  )
}

const PLACES = ['abcdef', 'abc', 'abcd', 'abcdef-'] as const

function FacetSkeleton() {
  return PLACES.map((place) => (
    <div key={place} className="flex flex-col gap-2 px-3 py-2">
      <Skeleton className="h-3 w-24" />
      {[...place].map((line) => (
        <Skeleton key={line} className="h-4" />
      ))}
    </div>
  ))
}
