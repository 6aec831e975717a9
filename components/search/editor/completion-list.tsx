'use client'

import { useEffect, useRef } from 'react'
import { cn } from '@/components/ui/cn'
import type { Completion } from './use-completion'

export const COMPLETION_ID = 'query-completion'

interface CompletionListProps {
  offer: NonNullable<Completion['offer']>
  onPick: (index: number) => void
}

/** The list under the cursor. The editor keeps the focus and says which item is active. */
export function CompletionList({ offer, onPick }: CompletionListProps) {
  const active = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (offer.active >= 0) active.current?.scrollIntoView({ block: 'nearest' })
  }, [offer.active])
  return (
    <div
      id={COMPLETION_ID}
      role="listbox"
      aria-label="Completions"
      tabIndex={-1}
      className="pop-in absolute top-full z-40 mt-1 max-h-72 max-w-[min(640px,80vw)] min-w-64 overflow-y-auto rounded-lg border border-strong bg-panel p-1 font-mono text-xs shadow-pop"
      style={{ left: offer.left }}
    >
      {offer.items.map((item, index) => (
        <div
          key={`${item.kind} ${item.label}`}
          id={`${COMPLETION_ID}-${index}`}
          ref={index === offer.active ? active : undefined}
          role="option"
          tabIndex={-1}
          aria-selected={index === offer.active}
          className={cn(
            'flex h-[26px] cursor-default items-center gap-4 rounded-sm px-2',
            index === offer.active ? 'bg-hover' : 'hover:bg-hover',
          )}
          onPointerDown={(event) => {
            event.preventDefault()
            onPick(index)
          }}
        >
          <span className="min-w-0 flex-1 truncate">{item.label}</span>
          {item.detail ? <span className="font-sans text-2xs text-faint">{item.detail}</span> : null}
        </div>
      ))}
    </div>
  )
}
