'use client'

import { useQuery } from '@tanstack/react-query'
import { nearestOptions } from '@/components/api/queries/nearest'
import { sourcesOptions } from '@/components/api/queries/sources'
import { usePreferences } from '@/components/frame/preferences'
import { useSearchRun } from '@/components/search/search-context'
import { useSearchState } from '@/components/search/use-search-state'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { RecordSelection } from '@/lib/api/common'
import { formatDateTime } from '@/lib/time/clock'
import { formatIso, parseIso } from '@/lib/time/range'
import { rangeInWords } from '@/lib/time/range-label'
import { widerRange } from '@/lib/time/text-range'

/** Nothing matched: says where it looked, and where something is. */
export function EmptyResult({ selection }: { selection: RecordSelection }) {
  const [state, patch] = useSearchState()
  const { nowMs } = useSearchRun()
  const { preferences } = usePreferences()
  const { data, isPending } = useQuery(nearestOptions(selection))
  const sources = useQuery(sourcesOptions())
  const nearest = data?.time ? parseIso(data.time) : null
  const wider = widerRange(state, 12, nowMs)
  const noun = state.source === 'traces' ? 'spans' : 'logs'
  if (sources.data?.find(({ id }) => id === state.source)?.hasData === false) {
    return (
      <EmptyState title={`No ${noun} have been received yet`}>
        <p>This page shows them as soon as they arrive.</p>
      </EmptyState>
    )
  }
  const narrowed = state.q !== '' || Object.keys(state.filters).length > 0 || state.root
  return (
    <EmptyState
      title={`No ${narrowed ? 'matching ' : ''}${noun} in ${rangeInWords(state, preferences.zone, nowMs)}`}
    >
      <p>
        {nearest === null
          ? isPending
            ? 'Looking for the nearest match…'
            : 'Nothing matches at any other time either.'
          : `The nearest match is at ${formatDateTime(nearest, preferences.zone, 3)}.`}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {nearest === null ? null : (
          <Button
            variant="primary"
            onClick={() =>
              patch({
                from: formatIso(nearest - 900_000_000_000n),
                to: formatIso(nearest + 900_000_000_000n),
              })
            }
          >
            Go to the nearest match
          </Button>
        )}
        {nearest === null && !isPending ? null : (
          <Button onClick={() => patch({ from: wider.from, to: wider.to })}>
            Search {rangeInWords(wider, preferences.zone, nowMs)}
          </Button>
        )}
        {narrowed ? (
          <Button variant="ghost" onClick={() => patch({ q: null, filters: null, root: null })}>
            Clear query and filters
          </Button>
        ) : null}
      </div>
    </EmptyState>
  )
}
