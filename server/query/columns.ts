import { ProblemError } from '@/lib/api/problem-error'
import { DEFAULT_COLUMNS } from '@/lib/api/search'
import type { TableCapability } from '@/lib/otel/capability'
import { id, trusted } from '@/lib/sql/fragment'
import { fieldExpression } from './predicate/field-expression'
import { type Direction, isReserved, type OutputColumn, type SortKey, totalOrder } from './search'
import { timeColumn } from './time-bounds'

/**
 * True when the text names a field of the search language (`service`, `http.route`, `SpanAttributes['a b']`)
 * and is not an SQL expression such as `lower(Body)`. In doubt a name: `a-b` is an attribute key.
 */
export function isFieldName(text: string): boolean {
  return /^[\p{L}_@][^\s()'"`,;+*%<>=!|&?[\]{}\\]*$/u.test(text) || /^\w+\['(?:[^'\\]|\\.)*'\]$/.test(text)
}

/** Expressions among the texts that are not fields, and so have to pass the user-SQL guard first. */
export function sqlExpressionsIn(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => !isFieldName(text)))]
}

/** The default columns that the table has; for a table of another shape, its roles. */
export function defaultColumns(table: TableCapability): string[] {
  const names = new Set(table.columns.map((column) => column.name))
  const wanted: readonly string[] = table.kind === 'metrics' ? [] : DEFAULT_COLUMNS[table.kind]
  const present = wanted.filter((name) => names.has(name))
  if (present.length > 3) return present
  const { roles } = table
  const fallback = [
    roles.time,
    roles.traceId,
    roles.spanId,
    roles.parentSpanId,
    roles.severityText,
    roles.service,
    roles.name,
    roles.kind,
    roles.status,
    roles.statusMessage,
    roles.duration,
    roles.body,
  ]
  return fallback.filter((name) => name !== undefined)
}

/** `checked` maps each SQL expression to the text that the guard let through. */
export function outputColumns(
  table: TableCapability,
  texts: readonly string[],
  checked: ReadonlyMap<string, string>,
): OutputColumn[] {
  return [...new Set(texts)].map((name) => {
    if (isReserved(name)) {
      throw new ProblemError('invalid_request', `columns: ${name} is a name that each row needs itself.`, {
        hint: `Write attributes.${name} for an attribute, or an expression such as toString(${name}).`,
      })
    }
    return { name, expr: resolve(table, name, checked) }
  })
}

/** The order of a search: what was asked for, then the time. */
export function sortKeys(
  table: TableCapability,
  orderBy: readonly { readonly by: string; readonly dir: Direction }[],
  order: Direction,
  checked: ReadonlyMap<string, string>,
): SortKey[] {
  const keys: SortKey[] = []
  for (const { by, dir } of orderBy) {
    const column = isFieldName(by) ? fieldExpression(by, table)?.field : undefined
    if (column === timeColumn(table)) return [...keys, { kind: 'time', dir }]
    keys.push({ kind: 'value', expr: totalOrder(resolve(table, by, checked)), dir })
  }
  return [...keys, { kind: 'time', dir: order }]
}

function resolve(table: TableCapability, text: string, checked: ReadonlyMap<string, string>) {
  const sqlText = checked.get(text)
  if (sqlText !== undefined) return trusted(sqlText)
  const column = table.columns.find(({ name }) => name === text)
  if (column) return id(column.name)
  const field = fieldExpression(text, table)
  if (!field) throw new Error(`${text} was not checked`)
  return field.expr
}
