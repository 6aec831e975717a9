'use client'

import { CircleMinus, CirclePlus, ListTree } from 'lucide-react'
import Link from 'next/link'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'

interface CellActionsProps {
  field: string
  text: string
  /** Times and durations are seldom filtered by one exact value. */
  filterable: boolean
  traceHref: string | null
  onFilter: (mode: 'in' | 'notIn') => void
}

/** Appears over a cell under the pointer. */
export function CellActions({ field, text, filterable, traceHref, onFilter }: CellActionsProps) {
  return (
    <span className="absolute inset-y-0 right-1 my-auto flex h-6 items-center rounded-md border border-strong bg-panel px-0.5">
      {filterable ? (
        <>
          <IconButton label={`Only ${field} like this`} size="xs" onClick={() => onFilter('in')}>
            <CirclePlus size={13} aria-hidden />
          </IconButton>
          <IconButton label={`Without ${field} like this`} size="xs" onClick={() => onFilter('notIn')}>
            <CircleMinus size={13} aria-hidden />
          </IconButton>
        </>
      ) : null}
      <CopyButton text={text} label="Copy value" size="xs" />
      {traceHref ? (
        <Link
          href={traceHref}
          prefetch={false}
          aria-label="Open trace"
          title="Open trace"
          className="grid size-5 place-items-center rounded-md text-muted hover:bg-hover hover:text-fg"
        >
          <ListTree size={13} aria-hidden />
        </Link>
      ) : null}
    </span>
  )
}
