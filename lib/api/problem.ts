import * as z from 'zod'
import { Position } from './common'

/** All error codes of the API and their HTTP status. */
export const PROBLEM_STATUS = {
  search_syntax: 400,
  sql_error: 400,
  invalid_request: 400,
  unauthenticated: 401,
  sql_refused: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  version_conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  query_timeout: 422,
  query_memory: 422,
  query_too_large: 422,
  internal: 500,
  engine_unavailable: 503,
} as const
export type ProblemCode = keyof typeof PROBLEM_STATUS

/** RFC 9457 `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** What happened, where, and what to do. */
  detail: z.string(),
  code: z.enum(Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]]),
  requestId: z.string(),
  /** Half-open offsets into the request's `query` (UTF-16 code units). */
  position: Position.optional(),
  hint: z.string().optional(),
  /** The SQL that failed, when there is one. */
  sql: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>
