import type { CompiledSql, ParamValue } from '@/lib/sql/fragment'

/**
 * A statement with its parameters written out, for people to read and to run elsewhere. Spanlight itself
 * never runs this text.
 */
export function showSql(compiled: CompiledSql): string {
  return compiled.sql.replace(PARAMETER, (whole, name: string | undefined, type: string) => {
    const value = name === undefined ? undefined : compiled.params[name]
    return value === undefined ? whole : literal(value, type)
  })
}

/** Quoted text comes first, so that what looks like a parameter inside of it stays as it is. */
const PARAMETER = /'(?:[^'\\]+|\\[\s\S])*'|`(?:[^`\\]+|\\[\s\S])*`|\{(p\d+):([^{}]*)\}/g

function literal(value: ParamValue, type: string): string {
  if (value === null) return 'NULL'
  if (type === 'Identifier') return `\`${String(value).replace(/[\\`]/g, '\\$&')}\``
  if (Array.isArray(value)) return `[${value.map((item) => scalar(item)).join(', ')}]`
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, item]) => [quote(key), quote(item)])
    return `map(${entries.join(', ')})`
  }
  const text = scalar(value)
  return /^(U?Int\d+|Float64|String|Bool|UInt8)$/.test(type) ? text : `CAST(${text}, ${quote(type)})`
}

function scalar(value: unknown): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return quote(String(value))
}

/** Control characters are escaped too, so that the text stays on one line and pastes as it is. */
function quote(text: string): string {
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(
      CONTROL,
      (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
    )
  return `'${escaped}'`
}

const CONTROL = new RegExp(
  `[${String.fromCharCode(0)}-${String.fromCharCode(31)}${String.fromCharCode(127)}]`,
  'g',
)
