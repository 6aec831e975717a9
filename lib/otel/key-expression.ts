import type { TimeKey } from './capability'

/** Splits `a, f(b, 'x,y'), c` at its top-level commas: keys as system.tables writes them. */
export function splitExpressions(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (quote !== '') {
      if (char === '\\') i++
      else if (char === quote) quote = ''
    } else if (char === "'" || char === '`' || char === '"') quote = char
    else if (char === '(' || char === '[') depth++
    else if (char === ')' || char === ']') depth--
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim())
      start = i + 1
    }
  }
  parts.push(text.slice(start).trim())
  return parts.filter((part) => part !== '')
}

/** Functions that never decrease with time. */
const MONOTONE =
  /^(toDate|toDateTime|toDateTime64|toStartOf(Second|Minute|FiveMinutes|TenMinutes|FifteenMinutes|Hour|Day|Week|Month|Year|Interval)|toMonday|toYYYYMM|toYYYYMMDD|toYYYYMMDDhhmmss|toUnixTimestamp|toUnixTimestamp64(Milli|Micro|Nano|Second)|toYear|toRelative\w+Num|timeSlot|date_trunc)$/

/**
 * `toStartOfFiveMinutes(Timestamp)` → `toStartOfFiveMinutes($)`; nested calls and constant further arguments
 * are understood. Null when the expression is not known to follow from the time column.
 */
export function timeConversion(expression: string, timeColumn: string): string | null {
  const text = expression.trim()
  if (text === timeColumn || text === `\`${timeColumn}\``) return '$'
  const call = /^([A-Za-z]\w*)\((.*)\)$/s.exec(text)
  if (!call || !MONOTONE.test(call[1] ?? '')) return null
  const args = splitExpressions(call[2] ?? '')
  const converted = args.map((arg) => (isConstant(arg) ? arg : timeConversion(arg, timeColumn)))
  if (converted.some((arg) => arg === null)) return null
  if (converted.filter((arg) => arg?.includes('$')).length !== 1) return null
  return `${call[1]}(${converted.join(', ')})`
}

/**
 * The keys that follow from the time column, itself left out. `derived` maps columns that are computed from
 * it (the exporter's `TimestampTime DateTime DEFAULT toDateTime(Timestamp)`) to their expressions.
 */
export function timeKeys(
  keys: readonly string[],
  timeColumn: string,
  derived: ReadonlyMap<string, string>,
): TimeKey[] {
  const found = new Map<string, string>()
  for (const key of keys) {
    const inlined = [...derived].reduce((text, [column, expression]) => inline(text, column, expression), key)
    const convert = timeConversion(inlined, timeColumn)
    if (convert !== null && convert !== '$') found.set(key, convert)
  }
  return [...found].map(([expression, convert]) => ({ expression, convert }))
}

function inline(text: string, column: string, expression: string): string {
  return text.replace(
    new RegExp(`(?<![\\w.\`])\`?${escapeRegExp(column)}\`?(?![\\w.(])`, 'g'),
    () => expression,
  )
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function isConstant(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text) || /^'([^'\\]|\\.)*'$/.test(text) || /^toInterval\w+\(\d+\)$/.test(text)
}
