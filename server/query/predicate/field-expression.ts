import type { TableCapability } from '@/lib/otel/capability'
import { type Sql, sql } from '@/lib/sql/fragment'
import { resolveField } from './resolve-field'

export interface FieldExpression {
  /** The field's value: '' where an attribute is missing. */
  readonly expr: Sql
  /** ClickHouse type of the value. */
  readonly type: string
  /** Canonical name: the column, `Column.key`, or the bare key. */
  readonly field: string
}

/**
 * What a field name means as an expression, for columns, orders, groups and facets: names as in a search
 * (docs/SEARCH.md). Null when the table has nothing of that kind.
 */
export function fieldExpression(field: string, table: TableCapability): FieldExpression | null {
  const resolved = resolveField(field, table)
  if (!resolved) return null
  const [first, ...rest] = resolved.slots
  const last = rest.at(-1)
  const expr =
    last?.present && first.present ? sql`if(${first.present}, ${first.expr}, ${last.expr})` : first.expr
  return { expr, type: first.type.text, field: resolved.field }
}
