'use client'

import { ApiError } from '@/components/api/api-error'
import { Histogram } from '@/components/charts/histogram'
import { usePreferences } from '@/components/frame/preferences'
import type { useHistogram } from '@/components/search/use-search-queries'
import { useSearchState } from '@/components/search/use-search-state'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Skeleton } from '@/components/ui/skeleton'

interface HistogramPanelProps {
  query: ReturnType<typeof useHistogram>
  noun: string
  /** Charts are loaded only after the rows are there. */
  ready: boolean
}

export function HistogramPanel({ query, noun, ready }: HistogramPanelProps) {
  const [, patch] = useSearchState()
  const { preferences } = usePreferences()
  return (
    <div className={cn('relative h-[124px] shrink-0 border-b', query.isPlaceholderData && 'opacity-60')}>
      {query.data && ready ? (
        <Histogram
          data={query.data}
          noun={noun}
          zone={preferences.zone}
          onZoom={(range) => patch({ ...range, row: null, live: null })}
        />
      ) : query.isError ? (
        <div className="flex h-full items-center justify-center gap-3 text-xs text-faint">
          {query.error instanceof ApiError && query.error.problem.status < 422 ? (
            'No histogram: the search did not run'
          ) : (
            <>
              <span className="max-w-[70%] truncate">No histogram: {query.error.message}</span>
              <Button size="sm" onClick={() => void query.refetch()}>
                Try again
              </Button>
            </>
          )}
        </div>
      ) : query.fetchStatus === 'idle' ? null : (
        <Skeleton className="absolute inset-x-3 top-3 bottom-3" />
      )}
    </div>
  )
}
