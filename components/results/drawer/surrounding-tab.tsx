'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { searchOptions } from '@/components/api/queries/search'
import type { SearchSource } from '@/components/search/search-params'
import { useSearchState } from '@/components/search/use-search-state'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Segmented } from '@/components/ui/segmented'
import { Skeleton } from '@/components/ui/skeleton'
import type { SearchRequest, SearchRow } from '@/lib/api/search'
import { formatIso, parseIso } from '@/lib/time/range'
import { cellText } from '../row-values'
import { type EventLine, EventLines } from './event-lines'
import { column, type WholeRecord } from './record'

const SPAN_NS = 300_000_000_000n
const EACH = 40
const COLUMNS: Readonly<Record<SearchSource, string[]>> = {
  traces: ['Timestamp', 'StatusCode', 'ServiceName', 'SpanName'],
  logs: ['Timestamp', 'SeverityText', 'ServiceName', 'Body'],
}

/** What the same service did just before and just after, in spans or logs. */
export function SurroundingTab({
  source,
  id,
  record,
}: {
  source: SearchSource
  id: string
  record: WholeRecord
}) {
  const [, patch] = useSearchState()
  const [kind, setKind] = useState<SearchSource>(source)
  const at = parseIso(column(record, 'Timestamp')) ?? 0n
  const service = column(record, 'ServiceName')
  const base = {
    source: kind,
    filters: { ServiceName: { in: [service] } },
    columns: COLUMNS[kind],
    limit: EACH,
  }
  // The record's own moment belongs to "after", which begins with it.
  const before: SearchRequest = { ...base, from: formatIso(at - SPAN_NS), to: formatIso(at), order: 'desc' }
  const after: SearchRequest = { ...base, from: formatIso(at), to: formatIso(at + SPAN_NS), order: 'asc' }
  const earlier = useQuery(searchOptions(before))
  const later = useQuery(searchOptions(after))
  const error = earlier.error ?? later.error
  const lines = [...(earlier.data?.rows ?? [])].reverse().concat(later.data?.rows ?? [])
  return (
    <div>
      <div className="flex items-center justify-between gap-2 border-b px-4 py-2 text-xs text-muted">
        <span>
          {service === '' ? 'Records without a service' : service}, five minutes before and after, {EACH} each
        </span>
        <Segmented
          size="sm"
          label="Which records"
          value={kind}
          options={[
            { value: 'traces', label: 'Spans' },
            { value: 'logs', label: 'Logs' },
          ]}
          onChange={setKind}
        />
      </div>
      {error ? (
        <ErrorState
          error={error}
          onRetry={() => {
            void earlier.refetch()
            void later.refetch()
          }}
        />
      ) : earlier.isPending || later.isPending ? (
        <Skeleton className="m-4 h-64" />
      ) : lines.length === 0 ? (
        <EmptyState title="Nothing else in these ten minutes" />
      ) : (
        <EventLines
          lines={lines.map((row) => lineOf(row, kind, id))}
          onOpen={(row) =>
            patch(
              kind === source
                ? { row }
                : { source: kind, row, tab: 'overview', root: null, sort: null, cols: null },
            )
          }
        />
      )}
    </div>
  )
}

function lineOf(row: SearchRow, kind: SearchSource, id: string): EventLine {
  return {
    id: row._id,
    time: cellText(row, 'Timestamp'),
    level: cellText(row, kind === 'traces' ? 'StatusCode' : 'SeverityText'),
    service: cellText(row, 'ServiceName'),
    text: cellText(row, kind === 'traces' ? 'SpanName' : 'Body'),
    current: row._id === id,
  }
}
