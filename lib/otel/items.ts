/**
 * A map entry as one string, `key=value`: what the `…Items` alias columns hold and what their text index
 * (tokenizer `array`) finds. Storage builds the items with this separator, the search compiler looks them up.
 *
 * `=` was chosen over a control character because the SQL is shown to people and because tables made by others
 * use it too. It is exact where it is used alone: when neither the searched key nor the searched value
 * contains the separator, the item has exactly one and can only come from that pair. When one does (key `a=b`,
 * value `c` and key `a`, value `b=c` give the same item), the item is only a hint and the map decides.
 */
export const ITEM_SEPARATOR = '='

/** The item of a map entry. */
export function itemOf(key: string, value: string): string {
  return `${key}${ITEM_SEPARATOR}${value}`
}

/** True when the item of this entry cannot be the item of any other entry. */
export function isUnambiguousItem(key: string, value: string): boolean {
  return !key.includes(ITEM_SEPARATOR) && !value.includes(ITEM_SEPARATOR)
}
