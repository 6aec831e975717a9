import type { SearchRequest } from '@/lib/api/search'

type Selection = Pick<SearchRequest, 'source' | 'query' | 'filters' | 'from' | 'to'>

/** One line of the budget table (docs/BENCHMARKS.md): what is asked, and what HyperDX 2.36 reads for it. */
export interface Line {
  readonly name: string
  readonly ask:
    | { readonly kind: 'search'; readonly request: SearchRequest }
    | { readonly kind: 'histogram'; readonly request: Selection & { buckets: number } }
    | { readonly kind: 'facets'; readonly request: Selection }
    | { readonly kind: 'trace'; readonly traceId: string }
  readonly hyperdx: { readonly rows: number; readonly bytes: number; readonly ms: number } | null
  /** Rows of the answer, when the table promises them. */
  readonly rows?: number
}

/** The last 24 h before END on the reference rows; 48 buckets are half hours. */
export function budgetLines(from: string, to: string, traceId: string): Line[] {
  const traces = { source: 'traces', from, to }
  const logs = { source: 'logs', from, to }
  const search = (name: string, request: SearchRequest, rows: number, hyperdx: Line['hyperdx']): Line => ({
    name,
    ask: { kind: 'search', request },
    hyperdx,
    rows,
  })
  const histogram = (name: string, request: Selection, hyperdx: Line['hyperdx']): Line => ({
    name,
    ask: { kind: 'histogram', request: { ...request, buckets: 48 } },
    hyperdx,
  })
  const filter = (field: string, value: string) => ({ filters: { [field]: { in: [value] } } })
  return [
    search('traces, no filter, first 200', traces, 200, hyperdx(959_000, 13e6, 17)),
    search(
      'traces, svc-3, first 200',
      { ...traces, ...filter('ServiceName', 'svc-3') },
      200,
      hyperdx(82_000, 1.1e6, 7),
    ),
    search(
      'traces, SpanAttributes.user.id = 777, all 100',
      { ...traces, query: 'SpanAttributes.user.id:"777"' },
      100,
      hyperdx(2_070_000, 29e6, 56),
    ),
    search('logs, no filter, first 200', logs, 200, hyperdx(74_000, 2.0e6, 9)),
    search('logs, word kaboom, all 40', { ...logs, query: 'kaboom' }, 40, hyperdx(653_000, 14.7e6, 60)),
    search(
      'logs, svc-3 and word declined, first 200',
      { ...logs, query: 'declined', ...filter('ServiceName', 'svc-3') },
      200,
      hyperdx(33_000, 0.9e6, 16),
    ),
    search(
      'logs, LogAttributes.user.id = 777, all 100',
      { ...logs, query: 'LogAttributes.user.id:"777"' },
      100,
      hyperdx(1_650_000, 38e6, 81),
    ),
    histogram('histogram of all spans by status', traces, hyperdx(10e6, 90e6, 120)),
    histogram(
      'histogram of svc-3',
      { ...traces, ...filter('ServiceName', 'svc-3') },
      hyperdx(655_000, 6.6e6, 18),
    ),
    histogram('histogram of all logs by severity', logs, hyperdx(10e6, 90e6, 171)),
    { name: 'trace by id', ask: { kind: 'trace', traceId }, hyperdx: hyperdx(98_000, 22.6e6, 29) },
    { name: 'facets of all spans', ask: { kind: 'facets', request: traces }, hyperdx: null },
    {
      name: 'facets of svc-3',
      ask: { kind: 'facets', request: { ...traces, ...filter('ServiceName', 'svc-3') } },
      hyperdx: null,
    },
    { name: 'facets of all logs', ask: { kind: 'facets', request: logs }, hyperdx: null },
  ]
}

function hyperdx(rows: number, bytes: number, ms: number) {
  return { rows, bytes, ms }
}
