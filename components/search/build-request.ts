import type { Filters, RecordSelection } from '@/lib/api/common'
import type { HistogramRequest, SearchRequest } from '@/lib/api/search'
import { formatIso } from '@/lib/time/range'
import { resolveRange } from '@/lib/time/text-range'
import { hiddenColumns, visibleColumns } from './columns'
import type { SearchState } from './use-search-state'

export const PAGE_SIZE = 200

type Selected = Pick<SearchState, 'source' | 'q' | 'lang' | 'from' | 'to' | 'filters' | 'root'>

/** Which records, and when: relative ranges become fixed here, at the time of the query. Null: unreadable range. */
export function buildSelection(state: Selected, nowMs: number): RecordSelection | null {
  const range = resolveRange(state, nowMs)
  if (!range) return null
  const filters = effectiveFilters(state)
  return {
    source: state.source,
    ...(state.q.trim() === '' ? {} : { query: state.q, language: state.lang }),
    ...(Object.keys(filters).length === 0 ? {} : { filters }),
    from: formatIso(range.from),
    to: formatIso(range.to),
  }
}

/** "Root spans" is a filter like any other for the API. */
function effectiveFilters({ source, filters, root }: Selected): Filters {
  return source === 'traces' && root ? { ...filters, ParentSpanId: { in: [''] } } : filters
}

export function buildSearchRequest(
  selection: RecordSelection,
  state: Pick<SearchState, 'source' | 'cols' | 'sort'>,
): SearchRequest {
  const columns = visibleColumns(state)
  const sort = parseSort(state.sort)
  return {
    ...selection,
    columns: [...new Set([...columns, ...hiddenColumns(state.source)])],
    ...(sort && sort.by !== 'Timestamp' ? { orderBy: [sort] } : {}),
    ...(sort && sort.by === 'Timestamp' ? { order: sort.dir } : {}),
    limit: PAGE_SIZE,
  }
}

export function buildHistogramRequest(selection: RecordSelection): HistogramRequest {
  return { ...selection, buckets: 90 }
}

export interface Sort {
  readonly by: string
  readonly dir: 'asc' | 'desc'
}

/** `Duration:desc`. The field may itself hold colons. */
export function parseSort(text: string): Sort | null {
  const match = /^(.+):(asc|desc)$/s.exec(text)
  return match ? { by: match[1]!, dir: match[2] as Sort['dir'] } : null
}

/** What a click on a column's head does: down, up, then newest first again. */
export function nextSort(current: string, by: string): string {
  const sort = parseSort(current) ?? { by: 'Timestamp', dir: 'desc' as const }
  if (sort.by !== by) return `${by}:desc`
  if (sort.dir === 'desc') return `${by}:asc`
  return ''
}
