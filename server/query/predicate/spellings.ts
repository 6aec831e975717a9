import { param, type Sql, sql } from '@/lib/sql/fragment'

/**
 * Span kinds and statuses are stored as `Server` and `Error`, or as `SPAN_KIND_SERVER` and `STATUS_CODE_ERROR`
 * by exporters before v0.110. A search means both, whichever it was typed in.
 */
export type SpelledRole = 'kind' | 'status'

const PREFIX: Readonly<Record<SpelledRole, string>> = { kind: 'SPAN_KIND_', status: 'STATUS_CODE_' }

/** Both spellings of a value, in lower case. */
export function lowerSpellings(role: SpelledRole, value: string): [string, string] {
  const prefix = PREFIX[role].toLowerCase()
  const lower = value.toLowerCase()
  const short = lower.startsWith(prefix) ? lower.slice(prefix.length) : lower
  return [short, `${prefix}${short}`]
}

/** The column in the spelling that the searched text is written in: `kind:serv*` means the short one. */
export function inSpellingOf(role: SpelledRole, expr: Sql, searched: string): Sql {
  const prefix = PREFIX[role]
  const isLong = searched.toUpperCase().includes(prefix.slice(0, -1))
  const start = param(prefix, 'String')
  const isPrefixed = sql`startsWith(${expr}, ${start})`
  if (isLong) return sql`if(${isPrefixed} OR ${expr} = '', ${expr}, concat(${start}, upper(${expr})))`
  const rest = param(prefix.length + 1, 'UInt8')
  const next = param(prefix.length + 2, 'UInt8')
  return sql`if(${isPrefixed}, concat(substring(${expr}, ${rest}, 1), lower(substring(${expr}, ${next}))), ${expr})`
}
