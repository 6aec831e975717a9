'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { facetsOptions } from '@/components/api/queries/facets'
import { fieldLabel } from '@/components/search/columns'
import { useSearchRun } from '@/components/search/search-context'
import { useSearchState } from '@/components/search/use-search-state'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import type { Facet } from '@/lib/api/search'
import { formatCount } from '@/lib/format/number'
import { FacetValue } from './facet-value'

const FIRST = 6
const MORE = 100

/** One field: its head, and its values with bars. "More" and the search box ask the server again. */
export function FacetGroup({ facet }: { facet: Facet }) {
  const { field } = facet
  const [state] = useSearchState()
  const { selection } = useSearchRun()
  const [open, setOpen] = useState(true)
  const [searching, setSearching] = useState(false)
  const [text, setText] = useState('')
  const [all, setAll] = useState(false)
  const search = useDeferredValue(text.trim())

  const asked = selection !== null && open && (search !== '' || (all && facet.more))
  const { data, isFetching } = useQuery({
    ...facetsOptions({
      ...(selection ?? { source: state.source, from: 'now', to: 'now' }),
      fields: [field],
      limit: MORE,
      ...(search === '' ? {} : { search }),
    }),
    enabled: asked,
  })
  const found = asked ? (data?.facets[0] ?? null) : facet
  const values = found?.values ?? facet.values
  const shown = all || search !== '' ? values : values.slice(0, FIRST)
  const most = Math.max(1, ...facet.values.map(({ count }) => count), ...shown.map(({ count }) => count))
  const hidden = facet.values.length > FIRST || facet.more
  const known = `${formatCount(facet.values.length)}${facet.more ? '+' : ''}`
  return (
    <section aria-label={field} className="px-3 pb-2">
      <div className="group flex h-7 items-center gap-1">
        <button
          type="button"
          aria-expanded={open}
          className="flex min-w-0 flex-1 items-center gap-1 text-left text-2xs font-semibold text-muted hover:text-fg"
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronDown size={12} aria-hidden /> : <ChevronRight size={12} aria-hidden />}
          <span className="truncate" title={field}>
            {fieldLabel(field)}
          </span>
        </button>
        <IconButton
          label={`Search in ${field}`}
          size="xs"
          aria-pressed={searching}
          className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100 aria-pressed:opacity-100"
          onClick={() => {
            setSearching(!searching)
            setOpen(true)
            setText('')
          }}
        >
          <Search size={12} aria-hidden />
        </IconButton>
        <span className="text-2xs text-faint">{known}</span>
      </div>
      {open && searching ? (
        <Input
          autoFocus
          value={text}
          aria-label={`Search values of ${field}`}
          placeholder="Values that contain…"
          size="sm"
          className="mb-1 w-full"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setSearching(false)}
        />
      ) : null}
      {open ? (
        <ul>
          {shown.map(({ value, count }) => (
            <FacetValue key={value} field={field} value={value} count={count} share={count / most} />
          ))}
        </ul>
      ) : null}
      {open && search !== '' && shown.length === 0 && !isFetching ? (
        <p className="px-5 text-xs text-faint">No such value</p>
      ) : null}
      {open && hidden && search === '' ? (
        <button
          type="button"
          className="h-6 rounded-sm px-5 text-xs text-muted hover:text-fg"
          onClick={() => setAll(!all)}
        >
          {all ? (isFetching ? 'Loading…' : 'Less') : 'More'}
        </button>
      ) : null}
    </section>
  )
}
