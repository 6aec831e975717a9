import { ITEM_SEPARATOR } from '@/lib/otel/items'
import { literal } from './context'

export const MAP = 'Map(LowCardinality(String), String)'

/** An alias column of `key=value` items: costs nothing, and is what the text index is built on. */
export function itemsColumn(name: string, map: string): string {
  return `${name} Array(String) ALIAS arrayMap((k, v) -> concat(k, ${literal(ITEM_SEPARATOR)}, v), mapKeys(${map}), mapValues(${map}))`
}
