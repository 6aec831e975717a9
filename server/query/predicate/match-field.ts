import type { TableCapability } from '@/lib/otel/capability'
import type { Value } from '@/lib/search/ast'
import { id, param, type Sql, sql } from '@/lib/sql/fragment'
import { hasMapIndex, indexedItems, textIndexFor } from './index-choice'
import { hasItem } from './items'
import { type MatchTarget, matchValue } from './match-value'
import type { ResolvedField, Slot } from './resolve-field'

/**
 * The condition `field:value`, 0 or 1 and never NULL. A field with two places (a bare key: the record, else the
 * resource) has one value: the second place counts only where the first has not the key.
 * @throws ValueError when the field's type cannot take the value
 */
export function matchField(field: ResolvedField, value: Value, table: TableCapability): Sql {
  if (value.type === 'quoted' && value.text === '') return matchEmpty(field, table)
  const [first, ...rest] = field.slots.map((slot) => ({
    slot,
    condition: matchSlot(field, slot, value, table),
  }))
  if (rest.length === 0) return first!.condition
  return rest.reduce(
    (left, { condition }) =>
      // The second place is asked first: where an index finds nothing there, the keys are not read.
      sql`(${left}) OR ((${condition}) AND NOT ${first!.slot.present ?? sql`1`})`,
    first!.condition,
  )
}

/** `Field:""`: empty or absent, which is the complement of `Field:*`. */
function matchEmpty(field: ResolvedField, table: TableCapability): Sql {
  const span = { from: 0, to: 0 }
  return sql`NOT (${matchField(field, { type: 'exists', span }, table)})`
}

function matchSlot(field: ResolvedField, slot: Slot, value: Value, table: TableCapability): Sql {
  const isColumn = slot.key === undefined && field.role !== 'level'
  const target: MatchTarget = {
    expr: slot.expr,
    type: slot.type,
    field: field.field,
    role: field.role,
    absentWhenEmpty: slot.key !== undefined,
    index: isColumn && slot.type.family === 'text' ? textIndexFor(table, slot.column) : null,
    durationUnit: field.role === 'duration' ? table.durationUnit : undefined,
  }
  if (slot.key === undefined) return matchValue(target, value)
  const equal = value.type === 'quoted' ? equalsItem(slot, value.text, table) : null
  if (equal?.exact) return equal.condition
  const condition = matchValue(target, value)
  const hints = equal ? [equal.condition] : mapHints(slot, value, table)
  // Text is '' where the key is missing; other types are 0, which is a value.
  const isText = slot.type.family === 'text' || slot.type.family === 'array' || slot.type.nullable
  if (!isText && slot.present) hints.push(slot.present)
  return [...hints, sql`(${condition})`].reduce((left, right) => sql`${left} AND ${right}`)
}

function equalsItem(
  slot: Slot,
  text: string,
  table: TableCapability,
): { condition: Sql; exact: boolean } | null {
  const items = slot.type.name === 'String' && isMap(slot, table) ? indexedItems(table, slot.column) : null
  return items === null ? null : hasItem(id(items), slot.key!, text)
}

/** Conditions that follow from the match and that an index on keys or values can prune by. */
function mapHints(slot: Slot, value: Value, table: TableCapability): Sql[] {
  if (!isMap(slot, table)) return []
  const hints: Sql[] = []
  if (hasMapIndex(table, slot.column, 'keys')) hints.push(slot.present!)
  if (value.type === 'quoted' && slot.type.name === 'String' && hasMapIndex(table, slot.column, 'values')) {
    hints.push(sql`has(mapValues(${id(slot.column)}), ${param(value.text, 'String')})`)
  }
  return hints
}

function isMap(slot: Slot, table: TableCapability): boolean {
  return table.columns.some(({ name, type }) => name === slot.column && type.startsWith('Map('))
}
