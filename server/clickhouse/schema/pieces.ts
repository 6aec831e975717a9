import { ITEM_SEPARATOR } from '@/lib/otel/items'
import { type IndexDefinition, literal, type SchemaContext } from './context'

export const MAP = 'Map(LowCardinality(String), String)'

/** An alias column of `key=value` items: costs nothing, and is what the text index is built on. */
export function itemsColumn(name: string, map: string): string {
  return `${name} Array(String) ALIAS arrayMap((k, v) -> concat(k, ${literal(ITEM_SEPARATOR)}, v), mapKeys(${map}), mapValues(${map}))`
}

/** Whole values as tokens: answers `=`, `has` and `mapContains` from the index alone. */
export function arrayIndex(name: string, expression: string, fallback: string): IndexDefinition {
  return { name, expression, text: "text(tokenizer = 'array')", fallback }
}

/**
 * `_block_number` and `_block_offset` survive merges: with the time they name one row for ever, which makes
 * paging exact when thousands of rows share a timestamp. Costs about a tenth of a byte a row.
 */
export function rowIdentity(context: SchemaContext): Record<string, number> {
  return context.textIndex ? { enable_block_number_column: 1, enable_block_offset_column: 1 } : {}
}
