import * as z from 'zod'

/** Shapes shared by all calls (docs/API.md). 64-bit integers and nanosecond times travel as strings. */

export const SourceId = z.string().min(1).max(128)
export type SourceId = z.infer<typeof SourceId>

/** ISO 8601, epoch milliseconds, or `now-15m`. */
export const TimeInput = z.union([z.string().min(1).max(64), z.number()])
export type TimeInput = z.infer<typeof TimeInput>

const FilterValue = z.union([z.string().max(8192), z.number(), z.boolean()])

/** `in` is exact, `notIn` keeps rows without the field, `min` and `max` are inclusive in the column's unit. */
export const FieldFilter = z
  .object({
    in: z.array(FilterValue).max(500).optional(),
    notIn: z.array(FilterValue).max(500).optional(),
    min: z.union([z.string().max(64), z.number()]).optional(),
    max: z.union([z.string().max(64), z.number()]).optional(),
  })
  .strict()
export type FieldFilter = z.infer<typeof FieldFilter>

/** Field name (as in the search language) → filter. */
export const Filters = z
  .record(z.string().min(1).max(512), FieldFilter)
  .refine((filters) => Object.keys(filters).length <= 100, 'at most 100 filtered fields')
export type Filters = z.infer<typeof Filters>

export const QueryLanguage = z.enum(['lucene', 'sql'])
export type QueryLanguage = z.infer<typeof QueryLanguage>

/** What search, histogram and facets have in common: which records, and when. */
export const RecordSelection = z.object({
  source: SourceId,
  /** At most 64 KB of search language or one boolean SQL expression. */
  query: z.string().max(65_536).optional(),
  language: QueryLanguage.optional(),
  filters: Filters.optional(),
  from: TimeInput,
  to: TimeInput,
})
export type RecordSelection = z.infer<typeof RecordSelection>

export const Statistics = z.object({
  elapsedMs: z.number(),
  rowsRead: z.number(),
  bytesRead: z.number(),
})
export type Statistics = z.infer<typeof Statistics>

export const ColumnMeta = z.object({ name: z.string(), type: z.string() })
export type ColumnMeta = z.infer<typeof ColumnMeta>

export const Position = z.object({ from: z.number().int(), to: z.number().int() })
export type Position = z.infer<typeof Position>

/** Something the person should know about an answer that did work. */
export const Warning = z.object({
  code: z.string(),
  message: z.string(),
  position: Position.optional(),
  hint: z.string().optional(),
})
export type Warning = z.infer<typeof Warning>
