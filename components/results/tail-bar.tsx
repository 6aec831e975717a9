'use client'

import { Pause, Play } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { formatCount } from '@/lib/format/number'
import { TAIL_KEPT, type useTail } from './use-tail'

const STATUS = {
  connecting: 'Connecting…',
  open: 'Live',
  reconnecting: 'Connection lost, trying again…',
  failed: 'Stopped',
} as const

/** State of the live stream, and its pause. */
export function TailBar({ tail }: { tail: ReturnType<typeof useTail> }) {
  const { status, paused, waiting, dropped, error, setPaused } = tail
  return (
    <div
      role="status"
      className="flex h-8 shrink-0 items-center gap-3 border-b bg-raised px-3 text-xs text-muted"
    >
      <span className="flex items-center gap-1.5">
        <span
          aria-hidden
          className={cn(
            'size-2 rounded-full',
            status === 'open' && !paused ? 'bg-ok' : status === 'failed' ? 'bg-error' : 'bg-warn',
          )}
        />
        {error ? error.message : paused ? 'Paused' : STATUS[status]}
      </span>
      <Button size="sm" disabled={status === 'failed'} onClick={() => setPaused(!paused)}>
        {paused ? <Play size={12} aria-hidden /> : <Pause size={12} aria-hidden />}
        {paused ? `Go on${waiting > 0 ? ` with ${formatCount(waiting)} new` : ''}` : 'Pause'}
      </Button>
      {dropped > 0 ? (
        <span className="text-warn">{formatCount(dropped)} dropped: more came than could be shown</span>
      ) : null}
      <span className="ml-auto text-faint">The newest {formatCount(TAIL_KEPT)} are kept</span>
    </div>
  )
}
