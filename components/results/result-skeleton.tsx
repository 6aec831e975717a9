import { Skeleton } from '@/components/ui/skeleton'

const ROWS = [...'abcdefghijklmnopqrstuvwx']

/** Rows to come, in their height. */
export function ResultSkeleton() {
  return (
    <div role="status" aria-label="Loading results" className="relative min-h-0 flex-1 overflow-hidden">
      {ROWS.map((row) => (
        <div key={row} className="flex h-7 items-center gap-6 border-b border-line/60 px-3">
          <Skeleton className="h-3 w-32" />
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 w-48" />
          <Skeleton className="h-3 flex-1" />
        </div>
      ))}
    </div>
  )
}
