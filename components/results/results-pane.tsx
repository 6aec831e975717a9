'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { histogramOptions } from '@/components/api/queries/histogram'
import { searchPagesOptions } from '@/components/api/queries/search'
import { buildHistogramRequest } from '@/components/search/build-request'
import { useSearchRun } from '@/components/search/search-context'
import type { useHistogram, useRows } from '@/components/search/use-search-queries'
import { useSearchState } from '@/components/search/use-search-state'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import type { SearchRow } from '@/lib/api/search'
import { formatQuantity } from '@/lib/format/number'
import { nanosToMs, parseIso } from '@/lib/time/range'
import { EmptyResult } from './empty-result'
import { HistogramPanel } from './histogram-panel'
import { PendingNote } from './pending-note'
import { ResultSkeleton } from './result-skeleton'
import { ResultTable } from './result-table'
import { cellText } from './row-values'
import { StatsLine } from './stats-line'
import { TailBar } from './tail-bar'
import type { useTail } from './use-tail'

interface ResultsPaneProps {
  rows: ReturnType<typeof useRows>
  histogram: ReturnType<typeof useHistogram>
  tail: ReturnType<typeof useTail>
}

const DAY_MS = 86_400_000

/** Histogram, stats and table. Each waits only for its own answer. */
export function ResultsPane({ rows: { query, rows, request }, histogram, tail }: ResultsPaneProps) {
  const [state] = useSearchState()
  const { selection, rerun } = useSearchRun()
  const client = useQueryClient()
  const noun = state.source === 'traces' ? 'span' : 'log'
  const shown = state.live ? tail.rows : rows
  const longestNs = useMemo(() => scaleOf(shown), [shown])
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])

  if (!selection) {
    return (
      <div className="grid flex-1 place-items-center">
        <EmptyState title="The time range in the address cannot be read">
          Choose another one above.
        </EmptyState>
      </div>
    )
  }
  const waiting = query.isFetching && !isFetchingNextPage
  const cancel = () => {
    void client.cancelQueries({ queryKey: searchPagesOptions(request).queryKey })
    void client.cancelQueries({ queryKey: histogramOptions(buildHistogramRequest(selection)).queryKey })
  }
  const cancelled = query.isPending && query.fetchStatus === 'idle'
  return (
    <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
      {waiting && !state.live ? (
        <div aria-hidden className="progress-line absolute inset-x-0 top-0 z-20 h-0.5" />
      ) : null}
      <HistogramPanel query={histogram} noun={noun} ready={query.isSuccess || query.isError || state.live} />
      <StatsLine
        noun={noun}
        page={query.data?.pages[0]}
        loaded={rows.length}
        complete={query.isSuccess && !hasNextPage}
        histogram={histogram.data}
        request={request}
        pending={
          waiting ? <PendingNote key={JSON.stringify(request)} label="Searching" onCancel={cancel} /> : null
        }
      />
      {state.live ? <TailBar tail={tail} /> : null}
      {state.live ? (
        <ResultTable
          rows={tail.rows}
          dimmed={false}
          longestNs={longestNs}
          withDate={false}
          footer={tail.rows.length === 0 ? 'Waiting for new records…' : 'Older records: turn Live off'}
        />
      ) : query.isError && !query.data ? (
        <div className="grid flex-1 place-items-center overflow-auto">
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </div>
      ) : cancelled ? (
        <div className="grid flex-1 place-items-center">
          <EmptyState title="The search was cancelled">
            <Button onClick={rerun}>Search again</Button>
          </EmptyState>
        </div>
      ) : query.data === undefined ? (
        <ResultSkeleton />
      ) : rows.length === 0 && !query.isPlaceholderData ? (
        <div className="grid flex-1 place-items-center overflow-auto">
          <EmptyResult selection={selection} />
        </div>
      ) : (
        <ResultTable
          rows={rows}
          dimmed={query.isPlaceholderData}
          longestNs={longestNs}
          withDate={isLong(selection.from, selection.to)}
          onEnd={more}
          footer={
            isFetchNextPageError ? (
              <span className="flex items-center gap-2 text-error">
                More rows could not be read: {query.error?.message}
                <Button size="sm" onClick={() => void fetchNextPage()}>
                  Try again
                </Button>
              </span>
            ) : isFetchingNextPage ? (
              'Loading more…'
            ) : hasNextPage ? (
              ''
            ) : (
              `End of results: ${formatQuantity(rows.length, noun)}`
            )
          }
        />
      )}
    </div>
  )
}

/** One very slow row must not shrink all the others to dots: the scale ends at the 95th percentile. */
function scaleOf(rows: readonly SearchRow[]): number {
  const durations = rows.map((row) => Number(cellText(row, 'Duration')) || 0).sort((a, b) => a - b)
  return durations[Math.floor((durations.length - 1) * 0.95)] ?? 0
}

function isLong(from: string | number, to: string | number): boolean {
  const [start, end] = [parseIso(String(from)), parseIso(String(to))]
  return start !== null && end !== null && nanosToMs(end - start) >= DAY_MS
}
