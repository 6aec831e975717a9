import { carriedColumns, carriedField, isForeign } from './columns'
import type { SearchSource } from './search-params'
import type { SearchPatch, SearchState } from './use-search-state'

/** Keeps what means the same in the other source: text, time, filters of shared fields, added columns. */
export function switchSource(state: SearchState, to: SearchSource): SearchPatch {
  const filters = Object.fromEntries(
    Object.entries(state.filters)
      .filter(([field]) => !isForeign(field, to))
      .map(([field, filter]) => [carriedField(field, to), filter]),
  )
  return {
    source: to,
    filters: Object.keys(filters).length > 0 ? filters : null,
    cols: carriedColumns(state.source, to, state.cols),
    root: null,
    sort: null,
    row: null,
    tab: null,
  }
}
