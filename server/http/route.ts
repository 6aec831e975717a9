import { randomUUID } from 'node:crypto'
import type { Endpoint } from '@/lib/api/endpoints'
import { getApp } from '@/server/http/app'
import type { ServiceContext } from '@/server/services/context'
import { problemResponse } from './problem-response'
import { readBody, readQuery } from './read-input'

type Params = Readonly<Record<string, string>>

export interface VerbRequest<Input> {
  readonly ctx: ServiceContext
  readonly input: Input
  /** Parameters of the path. */
  readonly params: Params
  readonly headers: Headers
}

/** A thin transport: a value becomes JSON, a Response goes out as it is. Never catches. */
export type Verb<Input, Output> = (request: VerbRequest<Input>) => Promise<Output | Response>

type RouteHandler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>

/** Makes a Next route handler of an endpoint: reads and checks the input, runs the verb, maps errors once. */
export function route<Input, Output>(
  endpoint: Endpoint<Input, Output>,
  verb: Verb<Input, Output>,
): RouteHandler {
  return async (request, context) => {
    const requestId = randomUUID()
    try {
      const input =
        endpoint.method === 'GET'
          ? readQuery(request.url, endpoint.input)
          : await readBody(request, endpoint.input)
      const ctx: ServiceContext = { ...getApp(), signal: request.signal, requestId, nowMs: Date.now() }
      const params = await context.params
      const answer = await verb({ ctx, input, params, headers: request.headers })
      if (answer instanceof Response) {
        answer.headers.set('x-request-id', requestId)
        return answer
      }
      return Response.json(answer, { headers: { 'x-request-id': requestId, 'cache-control': 'no-store' } })
    } catch (error) {
      // Nobody is left to read an answer; 499 is what proxies write in such a case.
      if (request.signal.aborted) return new Response(null, { status: 499 })
      return problemResponse(error, requestId)
    }
  }
}
