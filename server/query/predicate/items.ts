import { isUnambiguousItem, itemOf } from '@/lib/otel/items'
import { param, type Sql, sql } from '@/lib/sql/fragment'

/**
 * Equality of a map entry through an items column: `has(SpanAttributeItems, 'user.id=777')`, which a text index
 * (tokenizer `array`) or a bloom filter answers without reading the map.
 *
 * What is expected of the column (lib/otel/items.ts): for every entry of the map, one string
 * `key + ITEM_SEPARATOR + value`, unescaped. An item whose key and value are free of the separator can only
 * come from that entry: the item decides alone (`exact`). Otherwise it only prunes, and the map must be asked
 * too. An empty value is never asked here: empty and absent are the same to a search.
 */
export function hasItem(
  items: Sql,
  key: string,
  value: string,
): { readonly condition: Sql; readonly exact: boolean } {
  return {
    condition: sql`has(${items}, ${param(itemOf(key, value), 'String')})`,
    exact: isUnambiguousItem(key, value),
  }
}
