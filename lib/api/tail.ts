import * as z from 'zod'
import { ColumnMeta, QueryLanguage, SourceId } from './common'
import { SearchRow } from './search'

/**
 * GET /api/v1/tail: server-sent events. The query string holds search's fields: `filters` as JSON, `columns`
 * repeated. Events: `columns` once, then `rows` (newest last) and `ping`; `problem` ends the stream.
 */
export const TailRequest = z
  .object({
    source: SourceId,
    query: z.string().max(65_536).optional(),
    language: QueryLanguage.optional(),
    /** JSON of Filters. */
    filters: z.string().max(65_536).optional(),
    columns: z.union([z.string(), z.array(z.string()).max(100)]).optional(),
  })
  .strict()
export type TailRequest = z.infer<typeof TailRequest>

/** Data of the event `columns`. */
export const TailColumns = z.object({ columns: z.array(ColumnMeta), sql: z.string() })
export type TailColumns = z.infer<typeof TailColumns>

/** Data of the event `rows`: `dropped` rows arrived since the last event and were too many to send. */
export const TailRows = z.object({ rows: z.array(SearchRow), dropped: z.number().int() })
export type TailRows = z.infer<typeof TailRows>
