import * as z from 'zod'
import {
  CompleteRequest,
  CompleteResponse,
  FacetsRequest,
  FacetsResponse,
  HistogramRequest,
  HistogramResponse,
  RowResponse,
  SearchRequest,
  SearchResponse,
} from './search'
import {
  DemoResponse,
  HealthResponse,
  NearestRequest,
  NearestResponse,
  ServiceColorsQuery,
  ServiceColorsResponse,
  SourcesResponse,
} from './sources'
import { TailRequest } from './tail'
import { SpanResponse, TraceQuery, TraceResponse, TraceSkeleton } from './trace'

export interface Endpoint<Input = unknown, Output = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With `{name}` for path parameters. */
  readonly path: string
  readonly summary: string
  /** The JSON body, or the query string of a GET. */
  readonly input: z.ZodType<Input>
  readonly output: z.ZodType<Output>
  /** Content types beside application/json that it answers with. */
  readonly streams?: readonly string[]
}

const NoInput = z.object({})

function endpoint<Input, Output>(definition: Endpoint<Input, Output>): Endpoint<Input, Output> {
  return definition
}

/** Every call of the API: routes, the OpenAPI document and clients are made from this table. */
export const ENDPOINTS = {
  health: endpoint({
    method: 'GET',
    path: '/api/v1/health',
    summary: 'Whether every part is ready; 503 when one is not',
    input: NoInput,
    output: HealthResponse,
  }),
  sources: endpoint({
    method: 'GET',
    path: '/api/v1/sources',
    summary: 'Tables that can be searched, with their columns',
    input: NoInput,
    output: SourcesResponse,
  }),
  search: endpoint({
    method: 'POST',
    path: '/api/v1/search',
    summary: 'Records that match, newest first, one page at a time',
    input: SearchRequest,
    output: SearchResponse,
    streams: ['application/x-ndjson'],
  }),
  nearest: endpoint({
    method: 'POST',
    path: '/api/v1/search/nearest',
    summary: 'Time of the matching record nearest to a range that has none',
    input: NearestRequest,
    output: NearestResponse,
  }),
  row: endpoint({
    method: 'GET',
    path: '/api/v1/rows/{source}/{id}',
    summary: 'One whole record by the _id of a search row',
    input: NoInput,
    output: RowResponse,
  }),
  histogram: endpoint({
    method: 'POST',
    path: '/api/v1/histogram',
    summary: 'Matching records per time bucket and group',
    input: HistogramRequest,
    output: HistogramResponse,
  }),
  facets: endpoint({
    method: 'POST',
    path: '/api/v1/facets',
    summary: 'Most frequent values of fields among the matching records',
    input: FacetsRequest,
    output: FacetsResponse,
  }),
  complete: endpoint({
    method: 'POST',
    path: '/api/v1/complete',
    summary: 'What can be typed at a position of a search',
    input: CompleteRequest,
    output: CompleteResponse,
  }),
  tail: endpoint({
    method: 'GET',
    path: '/api/v1/tail',
    summary: 'Matching records as they arrive',
    input: TailRequest,
    output: z.string(),
    streams: ['text/event-stream'],
  }),
  trace: endpoint({
    method: 'GET',
    path: '/api/v1/traces/{traceId}',
    summary: 'A trace with its logs; view=skeleton for big ones',
    input: TraceQuery,
    output: z.union([TraceResponse, TraceSkeleton]),
  }),
  span: endpoint({
    method: 'GET',
    path: '/api/v1/traces/{traceId}/spans/{spanId}',
    summary: 'One span whole, with its logs',
    input: TraceQuery.omit({ view: true }),
    output: SpanResponse,
  }),
  serviceColors: endpoint({
    method: 'GET',
    path: '/api/v1/service-colors',
    summary: 'Palette slots of services, the same on every page',
    input: ServiceColorsQuery,
    output: ServiceColorsResponse,
  }),
  demo: endpoint({
    method: 'POST',
    path: '/api/v1/demo',
    summary: 'Start sending demo telemetry to this instance (loopback only)',
    input: NoInput,
    output: DemoResponse,
  }),
} as const
