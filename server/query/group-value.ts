import type { TableCapability } from '@/lib/otel/capability'
import { type Sql, sql } from '@/lib/sql/fragment'

/** The type inside LowCardinality and Nullable. */
export function innerType(type: string): string {
  const match = /^(?:LowCardinality|Nullable)\((.*)\)$/.exec(type)
  return match?.[1] === undefined ? type : innerType(match[1])
}

/** Any value as text, for grouping and showing; NULL is ''. */
export function asText(expr: Sql, type: string): Sql {
  if (type === 'String' || type === 'LowCardinality(String)') return expr
  return sql`ifNull(toString(${expr}), '')`
}

/** True for types whose values are few: a histogram may then name all groups. */
export function hasFewValues(type: string): boolean {
  return type.startsWith('LowCardinality(') || /^(Enum|Bool|UInt8|Int8)/.test(innerType(type))
}

/** The column by which a histogram is stacked unless the request says otherwise. */
export function defaultGroup(table: TableCapability): string | null {
  const { status, severityText, service } = table.roles
  return (table.kind === 'traces' ? status : severityText) ?? service ?? null
}
