import type { z } from 'zod'
import { Problem } from '@/lib/api/problem'
import { ApiError, UnreachableError } from './api-error'

export interface FetchOptions {
  signal?: AbortSignal
  body?: unknown
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
}

/**
 * Calls the API and checks the answer against its contract.
 * @throws ApiError for a problem document, UnreachableError without an answer, AbortError when cancelled.
 */
export async function fetchJson<S extends z.ZodType>(
  path: string,
  schema: S,
  options: FetchOptions = {},
): Promise<z.infer<S>> {
  const response = await send(path, options, 'application/json')
  const parsed = schema.safeParse(await readBody(response))
  if (parsed.success) return parsed.data
  throw new Error(`The answer of ${path} is not what was expected: ${parsed.error.issues[0]?.message ?? ''}`)
}

/** The response itself, for streams; problems are already turned into errors. */
export async function send(path: string, options: FetchOptions, accept: string): Promise<Response> {
  let response: Response
  try {
    response = await fetch(`/api/v1${path}`, {
      method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
      headers: {
        accept,
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new UnreachableError()
  }
  if (response.ok) return response
  throw await problemOf(response, path)
}

async function problemOf(response: Response, path: string): Promise<Error> {
  const problem = Problem.safeParse(await readBody(response).catch(() => null))
  if (problem.success) return new ApiError(problem.data)
  if (response.status === 502 || response.status === 503 || response.status === 504)
    return new UnreachableError()
  return new Error(`${path} answered ${response.status} ${response.statusText}`)
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error('The server sent an answer that is not JSON')
    throw error
  }
}
