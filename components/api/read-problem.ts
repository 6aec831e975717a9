import type { Problem } from '@/lib/api/problem'

/** A problem document, or null for anything else: a proxy in between may answer with a page of its own. */
export function readProblem(value: unknown): Problem | null {
  if (typeof value !== 'object' || value === null) return null
  const { code, detail, title, status, requestId } = value as Partial<Record<keyof Problem, unknown>>
  const isProblem =
    [code, detail, title, requestId].every((text) => typeof text === 'string') && typeof status === 'number'
  return isProblem ? (value as Problem) : null
}
