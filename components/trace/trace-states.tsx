'use client'

import Link from 'next/link'
import { ApiError } from '@/components/api/api-error'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'

/** The page's own heights, so that nothing moves when the trace is there. */
export function TraceLoading() {
  return (
    <div role="status" aria-label="Loading the trace" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-15 shrink-0 items-center gap-7 border-b px-4">
        <div className="space-y-1.5">
          <Skeleton className="h-4 w-64" />
          <Skeleton className="h-3 w-40" />
        </div>
        <div className="ml-auto flex gap-7">
          {['duration', 'spans', 'services', 'errors', 'logs'].map((name) => (
            <Skeleton key={name} className="h-8 w-12" />
          ))}
        </div>
      </div>
      <div className="h-9 shrink-0 border-b" />
      <div className="h-16 shrink-0 border-b" />
      <div className="space-y-3 p-4">
        {[70, 55, 62, 40, 48, 35, 52, 30].map((width, i) => (
          <div key={width} className="flex items-center" style={{ paddingLeft: Math.min(i, 4) * 14 }}>
            <div style={{ width: `${width}%` }}>
              <Skeleton className="h-4" />
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}

export function TraceFailed({
  traceId,
  error,
  onRetry,
}: {
  traceId: string
  error: unknown
  onRetry: () => void
}) {
  const code = error instanceof ApiError ? error.problem.code : null
  if (code === 'not_found') return <TraceNotFound traceId={traceId} onRetry={onRetry} />
  return (
    <div className="grid min-h-0 flex-1 place-items-center">
      <ErrorState title="The trace could not be fetched" error={error} onRetry={onRetry} />
    </div>
  )
}

const LINK = 'text-accent underline underline-offset-2'

function TraceNotFound({ traceId, onRetry }: { traceId: string; onRetry: () => void }) {
  return (
    <main className="grid min-h-0 flex-1 place-items-center">
      <EmptyState title="No span of this trace is stored">
        <p>
          No span carries the trace id <code className="text-fg">{traceId}</code>.
        </p>
        <ul className="list-disc space-y-1 pl-5 text-left">
          <li>
            It may not have arrived yet: exporters send in batches, every few seconds.{' '}
            <button type="button" className={LINK} onClick={onRetry}>
              Look again
            </button>
          </li>
          <li>It may be older than spans are kept (SPANLIGHT_TTL_TRACES, 7 days unless set).</li>
          <li>It may not have been sampled, while its logs were kept.</li>
        </ul>
        <p className="flex gap-4">
          <Link
            className={LINK}
            href={`/search?source=logs&from=now-7d&to=now&q=${encodeURIComponent(`TraceId:${traceId}`)}`}
          >
            Search logs with this id
          </Link>
          <Link className={LINK} href="/search?source=traces">
            Search traces
          </Link>
        </p>
      </EmptyState>
    </main>
  )
}

export function TraceIdInvalid({ text }: { text: string }) {
  return (
    <main className="grid min-h-0 flex-1 place-items-center">
      <EmptyState title="This is not a trace id">
        <p>
          A trace id has 32 hexadecimal digits. The address has{' '}
          <code className="break-all text-fg">{text.slice(0, 200)}</code>.
        </p>
        <Link className={LINK} href="/search?source=traces">
          Search traces
        </Link>
      </EmptyState>
    </main>
  )
}

/** Not all of the trace is on the page: that is never silent. */
export function TruncatedNotice({
  shown,
  spanCount,
  logs,
}: {
  shown: number
  spanCount: number
  logs: number
}) {
  return (
    <p role="status" className="shrink-0 border-b bg-warn/10 px-4 py-1 text-xs text-warn">
      This trace is larger than one page holds: {shown.toLocaleString('en-US')} of{' '}
      {spanCount.toLocaleString('en-US')} spans and {logs.toLocaleString('en-US')} logs are shown. Use Search
      with its TraceId for the rest.
    </p>
  )
}
