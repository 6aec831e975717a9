import * as z from 'zod'
import { COLUMN_ROLES, SOURCE_KINDS } from '@/lib/otel/capability'
import { RecordSelection } from './common'

/** GET /api/v1/sources */
export const Source = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(SOURCE_KINDS),
  database: z.string(),
  tables: z.array(z.string()),
  columns: z.array(z.object({ name: z.string(), type: z.string(), role: z.enum(COLUMN_ROLES).optional() })),
  /** False while the table has no row at all: the page then shows how to send the first span. */
  hasData: z.boolean(),
  /** Newest record's time, when cheap to know; for «nothing in this range, the nearest is at …». */
  newest: z.string().nullable(),
})
export type Source = z.infer<typeof Source>

export const SourcesResponse = z.array(Source)
export type SourcesResponse = z.infer<typeof SourcesResponse>

export const NearestRequest = RecordSelection.strict()
export type NearestRequest = z.infer<typeof NearestRequest>

/** POST /api/v1/search/nearest: the time of the matching record nearest to the range, or null. */
export const NearestResponse = z.object({ time: z.string().nullable() })
export type NearestResponse = z.infer<typeof NearestResponse>

/** Names separated by commas, or the parameter repeated. */
export const ServiceColorsQuery = z
  .object({ services: z.union([z.string().max(100_000), z.array(z.string().max(1024)).max(1000)]) })
  .strict()
export type ServiceColorsQuery = z.infer<typeof ServiceColorsQuery>

/** GET /api/v1/service-colors: service → slot 0…15 of the palette, given once, in order first seen. */
export const ServiceColorsResponse = z.object({ colors: z.record(z.string(), z.number().int()) })
export type ServiceColorsResponse = z.infer<typeof ServiceColorsResponse>

/** GET /api/v1/health: 200 only when every part is ready, else 503. */
export const HealthResponse = z.object({
  status: z.enum(['ok', 'unavailable']),
  /** Names of the parts that are not ready: engine, migrations, ingest, store. */
  missing: z.array(z.string()),
  engine: z.object({ version: z.string().nullable(), embedded: z.boolean(), error: z.string().optional() }),
  ingest: z.object({
    ready: z.boolean(),
    httpEndpoint: z.string(),
    grpcEndpoint: z.string(),
    error: z.string().optional(),
  }),
})
export type HealthResponse = z.infer<typeof HealthResponse>

/** POST /api/v1/demo: `running` also when it had been started before. */
export const DemoResponse = z.object({ status: z.enum(['started', 'running']) })
export type DemoResponse = z.infer<typeof DemoResponse>
