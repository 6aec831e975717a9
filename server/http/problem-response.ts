import { PROBLEM_STATUS, type Problem, type ProblemCode } from '@/lib/api/problem'
import { ProblemError } from '@/lib/api/problem-error'

const TITLES: Readonly<Record<ProblemCode, string>> = {
  search_syntax: 'The search has a mistake',
  sql_error: 'The SQL has a mistake',
  invalid_request: 'The request is not valid',
  unauthenticated: 'Sign in first',
  sql_refused: 'This SQL is not allowed',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  version_conflict: 'Somebody else changed it',
  payload_too_large: 'The request is too large',
  unsupported_media_type: 'Unsupported content type',
  query_timeout: 'The query took too long',
  query_memory: 'The query needs too much memory',
  query_too_large: 'The query is too large',
  internal: 'Something went wrong',
  engine_unavailable: 'The engine is not available',
}

export function problemOf(error: ProblemError, requestId: string): Problem {
  const { position, hint, sql } = error.details
  return {
    type: `urn:spanlight:problem:${error.code}`,
    title: TITLES[error.code],
    status: PROBLEM_STATUS[error.code],
    detail: error.message,
    code: error.code,
    requestId,
    ...(position ? { position } : {}),
    ...(hint === undefined ? {} : { hint }),
    ...(sql === undefined ? {} : { sql }),
  }
}

/** Errors that nobody wrote for the caller are logged under the request's id and leave as `internal`. */
export function toProblemError(error: unknown, requestId: string): ProblemError {
  if (error instanceof ProblemError) return error
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  console.error(JSON.stringify({ level: 'error', message: 'request failed', requestId, error: text }))
  return new ProblemError(
    'internal',
    `The server failed to answer; its log has the reason under ${requestId}.`,
  )
}

export function problemResponse(error: unknown, requestId: string): Response {
  const known = toProblemError(error, requestId)
  const headers = new Headers({ 'content-type': 'application/problem+json', 'x-request-id': requestId })
  const retry = known.details.retryAfterSeconds
  if (retry !== undefined) headers.set('retry-after', String(retry))
  return new Response(JSON.stringify(problemOf(known, requestId)), {
    status: PROBLEM_STATUS[known.code],
    headers,
  })
}
