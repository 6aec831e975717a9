import type { Filters } from '@/lib/api/common'

interface SearchLink {
  query?: string
  from?: string
  to?: string
}

/** Address of a search: for links to the Search page from anywhere. */
export function searchHref(source: 'traces' | 'logs', filters: Filters = {}, link: SearchLink = {}): string {
  const params = new URLSearchParams({ source })
  if (link.query) params.set('q', link.query)
  if (Object.keys(filters).length > 0) params.set('filters', JSON.stringify(filters))
  if (link.from) params.set('from', link.from)
  if (link.to) params.set('to', link.to)
  return `/search?${params}`
}
