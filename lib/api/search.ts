import * as z from 'zod'
import { ColumnMeta, RecordSelection, Statistics, Warning } from './common'

export const MAX_SEARCH_LIMIT = 10_000
export const DEFAULT_SEARCH_LIMIT = 200

export const DEFAULT_COLUMNS = {
  traces: [
    'Timestamp',
    'TraceId',
    'SpanId',
    'ParentSpanId',
    'ServiceName',
    'SpanName',
    'SpanKind',
    'StatusCode',
    'StatusMessage',
    'Duration',
  ],
  logs: ['Timestamp', 'TraceId', 'SpanId', 'SeverityText', 'ServiceName', 'Body'],
} as const

const Expression = z.string().min(1).max(4096)

/** POST /api/v1/search */
export const SearchRequest = RecordSelection.extend({
  /** Fields of the search language or SQL expressions; they are the keys of each row. */
  columns: z.array(Expression).max(100).optional(),
  order: z.enum(['desc', 'asc']).optional(),
  orderBy: z
    .array(z.object({ by: Expression, dir: z.enum(['asc', 'desc']) }))
    .max(8)
    .optional(),
  limit: z.number().int().min(1).max(MAX_SEARCH_LIMIT).optional(),
  cursor: z.string().max(4096).optional(),
}).strict()
export type SearchRequest = z.infer<typeof SearchRequest>

/** `_id` identifies the row for GET /api/v1/rows/{source}/{_id}; the other keys are the requested columns. */
export const SearchRow = z.looseObject({ _id: z.string() })
export type SearchRow = z.infer<typeof SearchRow>

export const SearchResponse = z.object({
  columns: z.array(ColumnMeta),
  rows: z.array(SearchRow),
  nextCursor: z.string().nullable(),
  sql: z.string(),
  statistics: Statistics,
  warnings: z.array(Warning),
})
export type SearchResponse = z.infer<typeof SearchResponse>

/** Last line of `Accept: application/x-ndjson`: `{"end":{…}}`. The first is `{"columns":[…]}`, then one row a line. */
export const SearchStreamEnd = SearchResponse.omit({ columns: true, rows: true })
export type SearchStreamEnd = z.infer<typeof SearchStreamEnd>

/** POST /api/v1/histogram */
export const HistogramRequest = RecordSelection.extend({
  buckets: z.number().int().min(1).max(1000).optional(),
  /** Default: StatusCode for traces, SeverityText for logs. */
  groupBy: Expression.optional(),
}).strict()
export type HistogramRequest = z.infer<typeof HistogramRequest>

export const HistogramResponse = z.object({
  /** `time` is the bucket's start; empty buckets are included. Groups beyond the first 20 are added up in `(other)`. */
  buckets: z.array(z.object({ time: z.string(), counts: z.record(z.string(), z.number()) })),
  total: z.number(),
  intervalSeconds: z.number(),
  sql: z.string(),
  statistics: Statistics,
  warnings: z.array(Warning),
})
export type HistogramResponse = z.infer<typeof HistogramResponse>

/** POST /api/v1/facets */
export const FacetsRequest = RecordSelection.extend({
  /** Default: ServiceName first, then the source's own, then attributes often seen. */
  fields: z.array(z.string().min(1).max(512)).max(30).optional(),
  limit: z.number().int().min(1).max(500).optional(),
  /** Keep only values that contain this text, any case (the search box in a facet). */
  search: z.string().max(256).optional(),
}).strict()
export type FacetsRequest = z.infer<typeof FacetsRequest>

export const Facet = z.object({
  field: z.string(),
  values: z.array(z.object({ value: z.string(), count: z.number() })),
  /** There are more values than `limit`. */
  more: z.boolean(),
})
export type Facet = z.infer<typeof Facet>

export const FacetsResponse = z.object({
  facets: z.array(Facet),
  /** True when counts come from a sample, and are then estimates. */
  sampled: z.boolean(),
  statistics: Statistics,
  warnings: z.array(Warning),
})
export type FacetsResponse = z.infer<typeof FacetsResponse>

/** POST /api/v1/complete */
export const CompleteRequest = RecordSelection.extend({
  query: z.string().max(65_536),
  position: z.number().int().min(0),
}).strict()
export type CompleteRequest = z.infer<typeof CompleteRequest>

export const CompleteResponse = z.object({
  items: z.array(
    z.object({
      label: z.string(),
      kind: z.enum(['field', 'value', 'operator']),
      /** Text that replaces [from, to) of the query. */
      insert: z.string(),
      detail: z.string().optional(),
    }),
  ),
  from: z.number().int(),
  to: z.number().int(),
})
export type CompleteResponse = z.infer<typeof CompleteResponse>

/** GET /api/v1/rows/{source}/{_id}: every column of the row, maps as objects. */
export const RowResponse = z.object({
  source: z.string(),
  id: z.string(),
  columns: z.array(ColumnMeta),
  row: z.record(z.string(), z.unknown()),
})
export type RowResponse = z.infer<typeof RowResponse>
