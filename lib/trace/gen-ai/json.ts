/** Reading JSON of unknown origin: what does not fit is null, nothing throws. */

export type JsonObject = Readonly<Record<string, unknown>>

export function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

export function asArray(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null
}

/** Text of a value: strings as they are, anything else as indented JSON. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  try {
    return JSON.stringify(value, null, 2) ?? ''
  } catch {
    // Nesting deeper than the stack.
    return '(too deeply nested to show)'
  }
}

/** Indents text that is JSON, leaves other text alone. */
export function prettyJson(text: string): string {
  const value = parseJson(text)
  return value === undefined ? text : asText(value)
}

export function stringOf(object: JsonObject, ...keys: string[]): string {
  for (const key of keys) {
    const value = object[key]
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return ''
}
