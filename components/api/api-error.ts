import type { Problem } from '@/lib/api/problem'

/** A problem the server described (RFC 9457); `message` is its detail. */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ApiError'
    this.problem = problem
  }
}

/** The server did not answer at all: it restarts, or the network is gone. */
export class UnreachableError extends Error {
  constructor() {
    super('Spanlight does not answer. It may be restarting; this page keeps trying.')
    this.name = 'UnreachableError'
  }
}

/** Errors that pass by themselves: the query is tried again until they do. */
export function isTransient(error: unknown): boolean {
  if (error instanceof UnreachableError) return true
  return error instanceof ApiError && error.problem.code === 'engine_unavailable'
}
