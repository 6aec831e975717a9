'use client'

import { X } from 'lucide-react'
import { Segmented } from '@/components/ui/segmented'
import { fieldLabel } from './columns'
import { filterChips } from './filter-edits'
import { useSearchState } from './use-search-state'

/** The row below the search bar: which spans, and every active filter as something to take away. */
export function FilterChips() {
  const [state, patch] = useSearchState()
  const chips = filterChips(state.filters)
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-1.5 border-b bg-canvas px-3 py-1.5">
      {state.source === 'traces' ? (
        <Segmented
          size="sm"
          label="Which spans"
          value={state.root ? 'root' : 'all'}
          options={[
            { value: 'all', label: 'All spans' },
            { value: 'root', label: 'Root spans' },
          ]}
          onChange={(value) => patch({ root: value === 'root' || null, row: null })}
        />
      ) : null}
      {chips.map((chip) => (
        <span
          key={chip.key}
          className="flex h-6 max-w-96 min-w-0 items-center gap-1.5 rounded-sm border bg-raised pl-2 text-xs"
        >
          <span className="max-w-40 shrink-0 truncate text-muted" title={chip.field}>
            {fieldLabel(chip.field)}
          </span>
          {chip.relation === 'is' ? null : (
            <span className={chip.relation === 'not' ? 'text-error' : 'text-muted'}>{chip.relation}</span>
          )}
          <span className="min-w-8 truncate" title={chip.value}>
            {chip.value === '' ? '(empty)' : chip.value}
          </span>
          <button
            type="button"
            aria-label={`Remove filter ${chip.field} ${chip.relation} ${chip.value}`}
            className="grid h-full w-5 shrink-0 place-items-center rounded-r-sm text-faint hover:bg-hover hover:text-fg"
            onClick={() => patch({ filters: chip.without, row: null })}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      {chips.length > 0 ? (
        <button
          type="button"
          className="h-6 rounded-sm px-1.5 text-xs text-muted hover:bg-hover hover:text-fg"
          onClick={() => patch({ filters: null, row: null })}
        >
          Clear
        </button>
      ) : (
        <span className="px-1 text-xs text-faint">No filters</span>
      )}
    </div>
  )
}
