'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { TraceSkeleton } from '@/lib/api/trace'
import { formatDuration } from '@/lib/format/duration'
import { formatQuantity } from '@/lib/format/number'
import { buildTraceModel } from '@/lib/trace/model'
import { nodeOfKey, spanKey } from '@/lib/trace/navigate'
import { isSpan } from '@/lib/trace/rows'
import { liveSkeletonOptions } from './queries'
import { ROW_HEIGHT } from './row-frame'
import { traceHref } from './search-links'
import { SpanTree } from './span-tree'
import { useWaterfall } from './use-waterfall'

const MOST_ROWS = 16
const NO_WORDS: readonly string[] = []

interface TraceMiniProps {
  traceId: string
  spanId?: string | undefined
}

/** A small waterfall for the drawer of the Search page; a click opens the Trace page at that span. */
export function TraceMini({ traceId, spanId }: TraceMiniProps) {
  const id = traceId.toLowerCase()
  const query = useQuery({ ...liveSkeletonOptions(id), enabled: /^[0-9a-f]{32}$/.test(id) })
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  if (!query.data) {
    return (
      <div role="status" aria-label="Loading the trace" className="space-y-2 rounded-md border p-3">
        <Skeleton className="h-4" />
        <Skeleton className="h-4" />
        <Skeleton className="h-4" />
      </div>
    )
  }
  return <Mini key={`${id} ${spanId}`} trace={query.data} spanId={spanId ?? null} />
}

function Mini({ trace, spanId }: { trace: TraceSkeleton; spanId: string | null }) {
  const router = useRouter()
  const model = useMemo(() => buildTraceModel(trace), [trace])
  const selected = nodeOfKey(model, spanId)
  const view = useWaterfall(model, selected)
  const open = (node: number) =>
    router.push(traceHref(trace.traceId, isSpan(model, node) ? spanKey(model, node) : undefined))
  const height = (Math.min(MOST_ROWS, view.rows.length) + 1) * ROW_HEIGHT + 2
  return (
    <div>
      <p className="mb-1.5 text-xs text-muted">
        {formatQuantity(trace.spanCount, 'span')} · {formatDuration(model.extent.toNs - model.extent.fromNs)}{' '}
        · {formatQuantity(trace.services.length, 'service')}
        {trace.errorCount > 0 ? (
          <span className="text-error"> · {formatQuantity(trace.errorCount, 'error')}</span>
        ) : null}
      </p>
      <div className="flex overflow-hidden rounded-md border" style={{ height }}>
        <SpanTree
          view={view}
          selected={selected}
          matched={null}
          words={NO_WORDS}
          nameWidth={240}
          onPick={open}
        />
      </div>
    </div>
  )
}
