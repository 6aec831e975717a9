'use client'

import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import type { KeyboardEvent, Ref } from 'react'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Kbd } from '@/components/ui/kbd'
import { Tooltip } from '@/components/ui/tooltip'
import { formatCount } from '@/lib/format/number'
import type { InTraceSearch } from './use-in-trace-search'

interface InTraceSearchBoxProps {
  ref: Ref<HTMLInputElement>
  text: string
  search: InTraceSearch
  /** Index of the match that is active, -1 for none. */
  current: number
  onText: (text: string) => void
  onStep: (step: 1 | -1) => void
  /** Escape in an empty field. */
  onLeave: () => void
}

/** Search inside of the trace, with count, next and previous. */
export function InTraceSearchBox(props: InTraceSearchBoxProps) {
  const { ref, text, search, current, onText, onStep, onLeave } = props
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') {
      if (text === '') onLeave()
      else onText('')
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const count = search.matches.length
  return (
    <search className="relative flex items-center">
      <Search size={13} aria-hidden className="pointer-events-none absolute left-2.5 text-faint" />
      <Input
        ref={ref}
        aria-label="Search in trace"
        placeholder="Search in trace"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        className={cn(
          'h-7 w-[300px] pl-7.5 font-mono text-xs max-[1100px]:w-[240px]',
          text === '' ? 'pr-8' : 'pr-32',
        )}
      />
      <div className="absolute right-1 flex items-center text-2xs text-faint">
        {text === '' ? (
          <span className="pr-1">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <>
            {search.problem ? (
              <Tooltip content={`Attributes are not searched: ${search.problem}`}>
                <button
                  type="button"
                  aria-label={`Attributes are not searched: ${search.problem}`}
                  className="mr-1 text-warn"
                >
                  names only
                </button>
              </Tooltip>
            ) : null}
            <output className="px-1 whitespace-nowrap tabular-nums" aria-live="polite">
              {current >= 0 ? `${formatCount(current + 1)} / ` : ''}
              {formatCount(count)}
              {search.pending ? '…' : ''}
            </output>
            <IconButton
              label="Previous match"
              keys="⇧↵"
              size="xs"
              disabled={count === 0}
              onClick={() => onStep(-1)}
            >
              <ChevronUp size={13} aria-hidden />
            </IconButton>
            <IconButton
              label="Next match"
              keys="↵"
              size="xs"
              disabled={count === 0}
              onClick={() => onStep(1)}
            >
              <ChevronDown size={13} aria-hidden />
            </IconButton>
            <IconButton label="Clear" size="xs" onClick={() => onText('')}>
              <X size={12} aria-hidden />
            </IconButton>
          </>
        )}
      </div>
    </search>
  )
}
