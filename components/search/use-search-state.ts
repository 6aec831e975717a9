'use client'

import { type inferParserType, useQueryStates } from 'nuqs'
import { searchParams } from './search-params'

export type SearchState = inferParserType<typeof searchParams>
export type SearchPatch = Partial<{ [K in keyof SearchState]: SearchState[K] | null }>

/** Reads and changes the address. What is searched makes an entry of the browser's history. */
export function useSearchState(): readonly [
  SearchState,
  (patch: SearchPatch, history?: 'push' | 'replace') => void,
] {
  const [state, setState] = useQueryStates(searchParams)
  const patch = (change: SearchPatch, history: 'push' | 'replace' = 'push') => {
    void setState(change, { history })
  }
  return [state, patch]
}
