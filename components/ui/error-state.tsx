'use client'

import { RotateCw, TriangleAlert } from 'lucide-react'
import { ApiError } from '@/components/api/api-error'
import { Button } from './button'
import { cn } from './cn'
import { CopyButton } from './copy-button'

interface ErrorStateProps {
  title?: string
  error: unknown
  onRetry?: () => void
  className?: string
}

/** What happened, what to do, the request's id for the log, and the SQL when there is one. */
export function ErrorState({ title, error, onRetry, className }: ErrorStateProps) {
  const problem = error instanceof ApiError ? error.problem : null
  // What the person wrote will not become right by asking again.
  const canRetry =
    onRetry !== undefined && (problem === null || problem.status === 422 || problem.status >= 500)
  const detail = error instanceof Error ? error.message : 'Unknown error'
  return (
    <div role="alert" className={cn('flex max-w-2xl min-w-0 flex-col gap-2 p-4', className)}>
      <div className="flex items-start gap-2">
        <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-error" />
        <div className="min-w-0">
          <h2 className="font-semibold">{title ?? problem?.title ?? 'That did not work'}</h2>
          <p className="break-words whitespace-pre-wrap text-muted">{detail}</p>
          {problem?.hint ? <p className="break-words text-fg">{problem.hint}</p> : null}
        </div>
      </div>
      {problem?.sql ? (
        <details className="ml-6 min-w-0 text-xs">
          <summary className="cursor-pointer text-muted hover:text-fg">SQL</summary>
          <pre className="mt-1 max-h-48 overflow-auto rounded-md border bg-canvas p-2 whitespace-pre-wrap">
            {problem.sql}
          </pre>
        </details>
      ) : null}
      <div className="ml-6 flex items-center gap-2">
        {canRetry ? (
          <Button size="sm" onClick={onRetry}>
            <RotateCw size={13} aria-hidden />
            Try again
          </Button>
        ) : null}
        {problem && problem.status >= 422 ? (
          <span className="flex items-center gap-1 text-xs text-faint">
            Request <code>{problem.requestId}</code>
            <CopyButton text={problem.requestId} label="Copy request id" size="xs" />
          </span>
        ) : null}
      </div>
    </div>
  )
}
