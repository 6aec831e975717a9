import { ApiError, UnreachableError } from './api-error'
import { readProblem } from './read-problem'

export interface FetchOptions {
  signal?: AbortSignal
  body?: unknown
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
}

/**
 * Calls the API. What comes back is of the contract's type: the same program serves this page and the answer, and
 * its tests hold it to lib/api. Checking it here again would cost the page a tenth of its code.
 * @throws ApiError for a problem document, UnreachableError without an answer, AbortError when cancelled.
 */
export async function fetchJson<T>(path: string, options: FetchOptions = {}): Promise<T> {
  const response = await send(path, options, 'application/json')
  return (await readBody(response)) as T
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
  const problem = readProblem(await readBody(response).catch(() => null))
  if (problem) return new ApiError(problem)
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
