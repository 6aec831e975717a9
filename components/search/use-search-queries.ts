'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { histogramOptions } from '@/components/api/queries/histogram'
import { searchPagesOptions } from '@/components/api/queries/search'
import type { RecordSelection } from '@/lib/api/common'
import type { SearchRow } from '@/lib/api/search'
import { buildHistogramRequest, buildSearchRequest } from './build-request'
import { useSearchRun } from './search-context'
import { useSearchState } from './use-search-state'

const NOTHING: RecordSelection = { source: 'traces', from: 'now', to: 'now' }

/** Pages of rows, flattened. `shownSource` is the source of the rows that are still on screen. */
export function useRows(enabled: boolean) {
  const [state] = useSearchState()
  const { selection } = useSearchRun()
  const request = buildSearchRequest(selection ?? NOTHING, state)
  const query = useInfiniteQuery({
    ...searchPagesOptions(request),
    enabled: enabled && selection !== null,
    // The old rows stay, dimmed, until the new ones are there: but not those of the other source.
    placeholderData: (before, beforeQuery) =>
      sourceOf(beforeQuery?.queryKey) === request.source ? keepPreviousData(before) : undefined,
  })
  const pages = query.data?.pages
  const rows = useMemo(() => uniqueRows(pages?.map((page) => page.rows) ?? []), [pages])
  return { query, rows, request }
}

export function useHistogram(enabled: boolean) {
  const { selection } = useSearchRun()
  const request = buildHistogramRequest(selection ?? NOTHING)
  return useQuery({
    ...histogramOptions(request),
    enabled: enabled && selection !== null,
    placeholderData: (before, beforeQuery) =>
      sourceOf(beforeQuery?.queryKey) === request.source ? keepPreviousData(before) : undefined,
  })
}

function sourceOf(key: readonly unknown[] | undefined): string | null {
  const request = key?.[1]
  return typeof request === 'object' && request !== null && 'source' in request
    ? String(request.source)
    : null
}

/** React keys must be unique even if a page should ever repeat a row. */
function uniqueRows(pages: readonly (readonly SearchRow[])[]): SearchRow[] {
  const seen = new Set<string>()
  return pages.flat().filter((row) => !seen.has(row._id) && seen.add(row._id))
}
