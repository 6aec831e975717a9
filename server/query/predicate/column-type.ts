/**
 * ClickHouse's type text, read for searching: what can be compared with what. Wrappers (LowCardinality,
 * Nullable, SimpleAggregateFunction) are taken off.
 */
export interface ColumnType {
  /** As DESCRIBE gave it. */
  readonly text: string
  readonly family: TypeFamily
  readonly nullable: boolean
  readonly lowCardinality: boolean
  /** The type without wrappers: `Float32`, `DateTime64(9)`. */
  readonly name: string
  /** Array's element, Map's value. */
  readonly element?: ColumnType
  /** Fields of a Tuple or Nested with names. */
  readonly fields?: readonly { readonly name: string; readonly type: string }[]
}

export type TypeFamily =
  | 'text'
  | 'fixed' // FixedString: padded with NUL
  | 'enum'
  | 'bool'
  | 'integer'
  | 'float'
  | 'decimal'
  | 'time'
  | 'date'
  | 'uuid'
  | 'ip'
  | 'array'
  | 'map'
  | 'json'
  | 'tuple'
  | 'nested'
  | 'unsupported'

const FAMILIES: readonly (readonly [RegExp, TypeFamily])[] = [
  [/^String$/, 'text'],
  [/^FixedString\b/, 'fixed'],
  [/^Enum(?:8|16)?\b/, 'enum'],
  [/^Bool$/, 'bool'],
  [/^U?Int(?:8|16|32|64|128|256)$/, 'integer'],
  [/^(?:Float(?:32|64)|BFloat16)$/, 'float'],
  [/^Decimal(?:32|64|128|256)?\b/, 'decimal'],
  [/^DateTime(?:32|64)?\b/, 'time'],
  [/^Date(?:32)?$/, 'date'],
  [/^UUID$/, 'uuid'],
  [/^IPv[46]$/, 'ip'],
  [/^Array\(/, 'array'],
  [/^Map\(/, 'map'],
  [/^(?:JSON|Dynamic|Variant|Object)\b/, 'json'],
  [/^Tuple\(/, 'tuple'],
  [/^Nested\(/, 'nested'],
]

const cache = new Map<string, ColumnType>()

export function parseColumnType(text: string): ColumnType {
  const known = cache.get(text)
  if (known) return known
  const type = readType(text)
  // Type texts come from schemas; a bound keeps a strange server from filling the memory.
  if (cache.size < 2000) cache.set(text, type)
  return type
}

function readType(text: string): ColumnType {
  let name = text.trim()
  let nullable = false
  let lowCardinality = false
  for (;;) {
    const wrapper = /^(LowCardinality|Nullable|SimpleAggregateFunction)\(([\s\S]*)\)$/.exec(name)
    if (!wrapper) break
    const args = splitArguments(wrapper[2]!)
    if (wrapper[1] === 'Nullable') nullable = true
    if (wrapper[1] === 'LowCardinality') lowCardinality = true
    name = (args.at(-1) ?? '').trim()
  }
  const family = FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? 'unsupported'
  const base = { text: text.trim(), family, nullable, lowCardinality, name }
  const args = splitArguments(/^\w+\(([\s\S]*)\)$/.exec(name)?.[1] ?? '')
  if (family === 'array') return { ...base, element: parseColumnType(args[0] ?? 'Nothing') }
  if (family === 'map') return { ...base, element: parseColumnType(args[1] ?? 'Nothing') }
  if (family === 'tuple' || family === 'nested') return { ...base, fields: args.flatMap(readField) }
  return base
}

function readField(argument: string): { name: string; type: string }[] {
  const match = /^(?:`((?:\\.|[^`\\])+)`|(\w+))\s+(\S[\s\S]*)$/.exec(argument.trim())
  return match ? [{ name: (match[1] ?? match[2]!).replace(/\\(.)/g, '$1'), type: match[3]! }] : []
}

/** Splits at the commas that are in no bracket and no quote. */
function splitArguments(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (quote) {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (char === "'" || char === '`') quote = char
    else if (char === '(') depth++
    else if (char === ')') depth--
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  if (text.trim() !== '') parts.push(text.slice(start))
  return parts
}
