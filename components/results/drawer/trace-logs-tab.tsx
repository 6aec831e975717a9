'use client'

import { useQuery } from '@tanstack/react-query'
import { traceSkeletonOptions } from '@/components/api/queries/trace'
import { useSearchState } from '@/components/search/use-search-state'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { EventLines } from './event-lines'

/** Logs that carry this trace's id, those of this span marked. A click opens the log in the drawer. */
export function TraceLogsTab({ traceId, spanId }: { traceId: string; spanId: string }) {
  const [, patch] = useSearchState()
  const { data, error, refetch } = useQuery(traceSkeletonOptions(traceId))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="m-4 h-40" />
  if (data.logs.length === 0) return <EmptyState title="No log carries this trace's id" />
  return (
    <EventLines
      lines={data.logs.map((log) => ({
        id: log.id,
        time: log.time,
        level: log.severityText,
        service: log.service,
        text: log.body,
        current: spanId !== '' && log.spanId === spanId,
      }))}
      onOpen={(id) => patch({ source: 'logs', row: id, tab: 'overview', root: null, sort: null, cols: null })}
    />
  )
}
