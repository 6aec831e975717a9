'use client'

import { Check, Minus } from 'lucide-react'
import { addValue, hasValue, onlyValue, removeValue, toggleValue } from '@/components/search/filter-edits'
import { useSearchState } from '@/components/search/use-search-state'
import { cn } from '@/components/ui/cn'
import { CopyButton } from '@/components/ui/copy-button'
import { ServiceDot } from '@/components/ui/service-dot'
import type { Filters } from '@/lib/api/common'
import { formatCompact, formatCount } from '@/lib/format/number'

interface FacetValueProps {
  field: string
  value: string
  count: number
  share: number
}

const ACTION = 'h-5 rounded-sm px-1 text-2xs text-muted hover:bg-canvas hover:text-fg focus-visible:bg-canvas'

/** A value with its bar: a click includes it; only, exclude and copy come under the pointer or with the focus. */
export function FacetValue({ field, value, count, share }: FacetValueProps) {
  const [state, patch] = useSearchState()
  const chosen = hasValue(state.filters, field, value, 'in')
  const excluded = hasValue(state.filters, field, value, 'notIn')
  const set = (filters: Filters) => patch({ filters, row: null })
  const text = value === '' ? '(empty)' : value
  return (
    <li className="group relative isolate flex h-6 items-center gap-1.5 rounded-sm text-xs hover:bg-hover">
      <span
        aria-hidden
        className="absolute inset-y-[3px] left-5 -z-10 rounded-sm bg-hover group-hover:bg-strong"
        style={{ width: `calc((100% - 20px) * ${share.toFixed(4)})` }}
      />
      <button
        type="button"
        aria-pressed={excluded ? 'mixed' : chosen}
        title={text}
        className="flex h-full min-w-0 flex-1 items-center gap-1.5 rounded-sm text-left focus-visible:-outline-offset-2"
        onClick={() => set(toggleValue(state.filters, field, value))}
      >
        <span
          aria-hidden
          className={cn(
            'grid size-[13px] shrink-0 place-items-center rounded-[3px] border',
            chosen
              ? 'border-accent bg-accent text-on-accent'
              : excluded
                ? 'border-error bg-canvas text-error'
                : 'border-strong bg-canvas',
          )}
        >
          {chosen ? (
            <Check size={10} strokeWidth={3} />
          ) : excluded ? (
            <Minus size={10} strokeWidth={3} />
          ) : null}
        </span>
        {field === 'ServiceName' ? <ServiceDot service={value} /> : null}
        <span
          className={cn(
            'min-w-0 flex-1 truncate',
            excluded && 'text-muted line-through',
            value === '' && 'text-faint',
          )}
        >
          {text}
        </span>
        <span
          className="pr-1 text-2xs text-muted group-focus-within:hidden group-hover:hidden"
          title={formatCount(count)}
        >
          {count < 100_000 ? formatCount(count) : formatCompact(count)}
        </span>
      </button>
      <span className="hidden items-center pr-0.5 group-focus-within:flex group-hover:flex">
        <button
          type="button"
          aria-label={`Only ${field} ${text}`}
          className={ACTION}
          onClick={() => set(onlyValue(state.filters, field, value))}
        >
          only
        </button>
        <button
          type="button"
          aria-label={excluded ? `No longer exclude ${field} ${text}` : `Exclude ${field} ${text}`}
          className={ACTION}
          onClick={() =>
            set(
              excluded
                ? removeValue(state.filters, field, value)
                : addValue(state.filters, field, value, 'notIn'),
            )
          }
        >
          {excluded ? 'undo' : 'exclude'}
        </button>
        <CopyButton text={value} label={`Copy ${text}`} size="xs" />
      </span>
    </li>
  )
}
