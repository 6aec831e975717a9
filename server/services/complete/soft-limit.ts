import { ProblemError } from '@/lib/api/problem-error'

/** Engine time of one completion query. */
export const TIME_MS = 1000

const SOFT: ReadonlySet<string> = new Set(['query_timeout', 'query_memory', 'query_too_large'])

/** A completion that takes too long offers nothing; it is a help, not an answer. */
export async function orNothing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ProblemError && SOFT.has(error.code)) return null
    throw error
  }
}
