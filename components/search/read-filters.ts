import type { FieldFilter, Filters } from '@/lib/api/common'

/**
 * Filters of an address somebody else may have written: what is not a filter is left out, so that the page opens.
 * The server checks them all again.
 */
export function readFilters(value: unknown): Filters | null {
  if (!isObject(value)) return null
  const filters = Object.entries(value).flatMap(([field, filter]) => {
    const read = isObject(filter) ? readFilter(filter) : {}
    return Object.keys(read).length > 0 ? [[field, read] as const] : []
  })
  return Object.fromEntries(filters)
}

function readFilter({ in: included, notIn, min, max }: Readonly<Record<string, unknown>>): FieldFilter {
  return {
    ...(Array.isArray(included) ? { in: included.filter(isScalar) } : {}),
    ...(Array.isArray(notIn) ? { notIn: notIn.filter(isScalar) } : {}),
    ...(isBound(min) ? { min } : {}),
    ...(isBound(max) ? { max } : {}),
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isBound(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
