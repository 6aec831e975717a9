'use client'

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import type { RecordSelection } from '@/lib/api/common'
import { buildSelection } from './build-request'
import { useSearchState } from './use-search-state'

interface SearchRun {
  /** Null while the range in the address cannot be read. */
  readonly selection: RecordSelection | null
  /** When this run was resolved. */
  readonly nowMs: number
  /** Runs again with "now" moved on. */
  readonly rerun: () => void
}

const Context = createContext<SearchRun | null>(null)

/** The one place of the page that reads the clock: every query of a run asks about the same range. */
export function SearchRunProvider({ children }: { children: ReactNode }) {
  const [state] = useSearchState()
  const { source, q, lang, from, to, filters, root } = state
  const [run, setRun] = useState(0)
  const rerun = useCallback(() => setRun((count) => count + 1), [])
  // The filters object is new after each parse of the address: its text says whether it changed.
  const filtersText = JSON.stringify(filters)
  const resolved = useMemo(() => {
    void run
    const nowMs = Date.now()
    return {
      nowMs,
      selection: buildSelection({ source, q, lang, from, to, filters: JSON.parse(filtersText), root }, nowMs),
    }
  }, [source, q, lang, from, to, filtersText, root, run])
  const value = useMemo(() => ({ ...resolved, rerun }), [resolved, rerun])
  return <Context value={value}>{children}</Context>
}

export function useSearchRun(): SearchRun {
  const context = useContext(Context)
  if (!context) throw new Error('useSearchRun needs a SearchRunProvider above it')
  return context
}
