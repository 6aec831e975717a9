import type { FieldFilter, Filters } from '@/lib/api/common'
import { ProblemError } from '@/lib/api/problem-error'
import type { TableCapability } from '@/lib/otel/capability'
import { isUnambiguousItem, itemOf } from '@/lib/otel/items'
import type { Value } from '@/lib/search/ast'
import { and, id, or, param, type Sql, sql } from '@/lib/sql/fragment'
import { indexedItems } from './index-choice'
import { matchField } from './match-field'
import { type ResolvedField, resolveField } from './resolve-field'
import { ValueError } from './value-error'

const SPAN = { from: 0, to: 0 }

/**
 * Compiles the API's filters: `in` is exact (and '' is empty or absent), `notIn` keeps rows without the field,
 * `min` and `max` are inclusive in the column's unit. All must hold.
 * @param except the field whose own filter is left out (a facet's own counts)
 * @throws ProblemError `invalid_request` for a field the table cannot have, or a value its type cannot take
 */
export function compileFilters(filters: Filters, table: TableCapability, except?: string): Sql {
  const conditions: Sql[] = []
  const left = except === undefined ? undefined : (resolveField(except, table)?.field ?? except)
  for (const [name, filter] of Object.entries(filters)) {
    const field = resolveField(name, table)
    if (!field)
      throw new ProblemError('invalid_request', `The filter names ${name}, which ${table.table} has not.`)
    if (field.field === left || name === except) continue
    conditions.push(...compileFilter(name, field, filter, table))
  }
  return and(conditions)
}

function compileFilter(
  name: string,
  field: ResolvedField,
  filter: FieldFilter,
  table: TableCapability,
): Sql[] {
  try {
    const conditions: Sql[] = []
    if (filter.in) conditions.push(isIn(field, filter.in.map(String), table))
    if (filter.notIn?.length) conditions.push(sql`NOT (${isIn(field, filter.notIn.map(String), table)})`)
    if (filter.min !== undefined || filter.max !== undefined) {
      const range = rangeOf(filter)
      conditions.push(matchField(field, range, table))
    }
    return conditions
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    throw new ProblemError('invalid_request', `The filter on ${name} cannot be used. ${error.message}`, {
      hint: error.hint,
    })
  }
}

function rangeOf(filter: FieldFilter): Value {
  return {
    type: 'range',
    low: filter.min === undefined ? null : String(filter.min),
    high: filter.max === undefined ? null : String(filter.max),
    includeLow: true,
    includeHigh: true,
    span: SPAN,
  }
}

function isIn(field: ResolvedField, values: readonly string[], table: TableCapability): Sql {
  const together = inOneColumn(field, values) ?? inItems(field, values, table)
  if (together) return together
  return or(values.map((text) => matchField(field, { type: 'quoted', text, span: SPAN }, table)))
}

/** A plain text column: one IN, which keys and indexes of the column understand. */
function inOneColumn(field: ResolvedField, values: readonly string[]): Sql | null {
  const [slot] = field.slots
  const isPlain = slot.key === undefined && slot.type.family === 'text' && !slot.type.nullable
  const isExact = field.role === undefined || !ANY_CASE.has(field.role)
  if (!isPlain || !isExact || values.length < 2) return null
  return sql`${slot.expr} IN ${param(values, 'Array(String)')}`
}

const ANY_CASE = new Set<string>([
  'kind',
  'status',
  'severityText',
  'level',
  'traceId',
  'spanId',
  'parentSpanId',
])

/** Several values of one map key: one question to the items. */
function inItems(field: ResolvedField, values: readonly string[], table: TableCapability): Sql | null {
  const [slot] = field.slots
  if (field.slots.length !== 1 || slot.key === undefined || values.length < 2) return null
  const items = slot.type.name === 'String' && slot.present ? indexedItems(table, slot.column) : null
  const key = slot.key
  if (items === null || !values.every((value) => value !== '' && isUnambiguousItem(key, value))) return null
  return sql`hasAny(${id(items)}, ${param(
    values.map((value) => itemOf(key, value)),
    'Array(String)',
  )})`
}
