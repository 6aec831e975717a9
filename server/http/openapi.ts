import { z } from 'zod'
import { ENDPOINTS, type Endpoint } from '@/lib/api/endpoints'
import { PROBLEM_STATUS, Problem } from '@/lib/api/problem'

/** GET /api/v1/openapi.json: OpenAPI 3.1 from the schemas that check the requests. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [operationId, endpoint] of Object.entries(ENDPOINTS)) {
    const path = paths[endpoint.path] ?? {}
    path[endpoint.method.toLowerCase()] = operation(operationId, endpoint)
    paths[endpoint.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Spanlight API',
      version: '1',
      description: 'The UI uses nothing else. 64-bit integers and times in nanoseconds are strings.',
    },
    paths,
    components: { schemas: { Problem: schemaOf(Problem, 'output') } },
  }
}

type AnyEndpoint = Pick<Endpoint, 'method' | 'path' | 'summary' | 'streams'> & {
  readonly input: z.ZodType
  readonly output: z.ZodType
}

function operation(operationId: string, endpoint: AnyEndpoint) {
  const input = schemaOf(endpoint.input, 'input')
  const pathParameters = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const body =
    endpoint.method === 'GET'
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: input } } } }
  const query = endpoint.method === 'GET' ? queryParameters(input) : []
  const streams = (endpoint.streams ?? []).map((type) => [type, { schema: { type: 'string' } }])
  const isEventStream = endpoint.streams?.includes('text/event-stream') === true
  const json = isEventStream ? [] : [['application/json', { schema: schemaOf(endpoint.output, 'output') }]]
  return {
    operationId,
    summary: endpoint.summary,
    parameters: [...pathParameters, ...query],
    ...body,
    responses: {
      200: { description: 'The answer', content: Object.fromEntries([...json, ...streams]) },
      default: {
        description: `A problem (RFC 9457). Codes: ${Object.keys(PROBLEM_STATUS).join(', ')}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function queryParameters(schema: Record<string, unknown>) {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, unknown>)
  const required = new Set((schema.required ?? []) as string[])
  return properties.map(([name, property]) => ({
    name,
    in: 'query',
    required: required.has(name),
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json
}
