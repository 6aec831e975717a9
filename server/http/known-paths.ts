import { ENDPOINTS } from '@/lib/api/endpoints'
import { ProblemError } from '@/lib/api/problem-error'

/** Beside the endpoints: what browsers and programs ask without a schema. */
const OTHERS: readonly { readonly method: string; readonly path: string }[] = [
  { method: 'POST', path: '/api/v1/sign-in' },
  { method: 'GET', path: '/api/v1/openapi.json' },
]

const PATHS = [...Object.values(ENDPOINTS), ...OTHERS].map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}))

export interface PathProblem {
  readonly problem: ProblemError
  /** Methods that would work, for the header Allow. */
  readonly allow?: string
}

/**
 * What is wrong with a request's path and method before any route is asked: Next answers such requests with a page
 * of HTML, an empty body or a 500, and a program wants a problem like all others.
 */
export function checkPath(method: string, pathname: string): PathProblem | null {
  try {
    decodeURIComponent(pathname)
  } catch {
    return { problem: new ProblemError('invalid_request', 'The path holds a broken %-escape.') }
  }
  if (!/^\/api(\/|$)/.test(pathname)) return null
  const methods = PATHS.filter(({ pattern }) => pattern.test(pathname)).map((known) => known.method)
  if (methods.length === 0) {
    return {
      problem: new ProblemError('not_found', 'There is no such path.', {
        hint: 'GET /api/v1/openapi.json lists all of them.',
      }),
    }
  }
  const allowed = [
    ...new Set(methods.flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]))),
    'OPTIONS',
  ]
  if (allowed.includes(method)) return null
  const allow = allowed.join(', ')
  return {
    problem: new ProblemError('method_not_allowed', `${method} is not possible here: use ${allow}.`),
    allow,
  }
}
