'use client'

import { isTransient } from '@/components/api/api-error'

/** While the engine or the server is away: said once, gone by itself when it is back. */
export function EngineNote({ reason }: { reason: Error | null }) {
  if (!isTransient(reason)) return null
  return (
    <div
      role="status"
      className="flex h-8 shrink-0 items-center gap-2 border-b bg-warn/10 px-3 text-xs text-warn"
    >
      <span aria-hidden className="size-2 animate-pulse rounded-full bg-warn" />
      {reason?.message} Trying again by itself.
    </div>
  )
}
