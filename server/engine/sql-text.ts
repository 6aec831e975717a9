/** A string literal for the engine's SQL. */
export function quoteString(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`
}

export function quoteName(value: string): string {
  return `\`${value.replace(/[\\`]/g, '\\$&').replaceAll('\0', '\\0')}\``
}
