import type { Glob, Value } from '@/lib/search/ast'
import { hasWildcards } from '@/lib/search/glob'
import { param, type Sql, sql } from '@/lib/sql/fragment'
import { compareTyped, isAddress, isUuid, readBool, type TypedExpression, wrongValue } from './compare'
import type { TextIndex } from './index-choice'
import type { ResolvedField } from './resolve-field'
import { inSpellingOf, lowerSpellings, type SpelledRole } from './spellings'
import { contains, matchesWhole } from './text-match'
import { hasPhrase } from './text-search'
import { ValueError } from './value-error'

export interface MatchTarget extends TypedExpression {
  readonly role?: ResolvedField['role'] | undefined
  /** Maps and JSON: an empty value is the same as none, and matches nothing but `""`. */
  readonly absentWhenEmpty: boolean
  readonly index: TextIndex | null
}

/**
 * The condition that a value of a search puts on an expression. Always 0 or 1, never NULL, and 0 where the field
 * is missing, so that NOT is the exact complement.
 * @throws ValueError when the type cannot take the value
 */
export function matchValue(target: MatchTarget, value: Value): Sql {
  const condition = matchType(target, value)
  return target.type.nullable ? sql`ifNull(${condition}, 0)` : condition
}

function matchType(target: MatchTarget, value: Value): Sql {
  const { type } = target
  switch (type.family) {
    case 'array':
      return matchAny(target, value)
    case 'map':
      return matchContainer(target, value)
    case 'nested':
    case 'unsupported':
      throw unsupported(target)
    case 'json':
    case 'tuple':
      return matchText(asText(target, sql`ifNull(toString(${target.expr}), '')`), value)
    case 'fixed':
      return matchText(asText(target, sql`toStringCutToZero(${target.expr})`), value)
    case 'enum':
      return matchText(asText(target, sql`toString(${target.expr})`), value)
    case 'text':
      return matchText(target, value)
    default:
      return matchScalar(target, value)
  }
}

function asText(target: MatchTarget, expr: Sql): MatchTarget {
  const type = { ...target.type, family: 'text', name: 'String', lowCardinality: false } as const
  return { ...target, expr, type, index: null }
}

/** An array matches when any element does. */
function matchAny(target: MatchTarget, value: Value): Sql {
  const element = target.type.element!
  if (value.type === 'exists' && element.family !== 'text') return sql`notEmpty(${target.expr})`
  // Arrays in arrays have arrays as elements: each level needs a name of its own.
  const name = ELEMENTS[depth(element)]
  if (name === undefined) throw unsupported(target)
  const item = { ...target, expr: name, type: element, index: null, absentWhenEmpty: true }
  return sql`arrayExists(${name} -> ${matchValue(item, value)}, ${target.expr})`
}

const ELEMENTS = [sql`x`, sql`xs`, sql`xss`]

function depth(type: MatchTarget['type']): number {
  return type.family === 'array' ? 1 + depth(type.element!) : 0
}

function matchContainer(target: MatchTarget, value: Value): Sql {
  if (value.type === 'exists') return sql`notEmpty(${target.expr})`
  throw new ValueError(
    'unsupported_type',
    `${target.field} is a ${target.type.text}, which is searched by key.`,
    `Name a key: ${target.field}.some_key:value`,
  )
}

function unsupported(target: MatchTarget): ValueError {
  const message = `${target.field} is a ${target.type.text}, which cannot be searched.`
  return new ValueError('unsupported_type', message, 'Search another field, or use SQL.')
}

/** Numbers, Bool, times, UUID and addresses: plain values are equal, patterns look at the text. */
function matchScalar(target: MatchTarget, value: Value): Sql {
  const { expr, type } = target
  switch (value.type) {
    case 'exists':
      return type.nullable ? sql`isNotNull(${expr})` : sql`1`
    case 'compare':
      return compareTyped(target, value.operator, value.bound)
    case 'range':
      return matchRange(target, value)
    case 'regex':
      return matchText(asText(target, scalarText(target)), value)
    case 'quoted':
      return equalsScalar(target, value.text)
    case 'text':
      if (hasWildcards(value.glob)) return matchText(asText(target, scalarText(target)), value)
      return equalsScalar(target, value.glob.join(''))
  }
}

function scalarText({ expr, type }: MatchTarget): Sql {
  return type.family === 'time' ? sql`toString(${expr}, 'UTC')` : sql`toString(${expr})`
}

function equalsScalar(target: MatchTarget, text: string): Sql {
  const { expr, type } = target
  if (type.family === 'bool') return sql`${expr} = ${param(readBool(target, text), 'Bool')}`
  if (type.family === 'ip') {
    if (isAddress(type, text)) return compareTyped(target, '=', text)
    const [address, length] = text.split('/')
    if (address && length && /^\d{1,3}$/.test(length) && isAddress(type, address)) {
      const bits = type.name === 'IPv4' ? 32 : 128
      if (Number(length) > bits) throw wrongValue(target, text, `a network with at most ${bits} bits`)
      return sql`isIPAddressInRange(toString(${expr}), ${param(text, 'String')})`
    }
    return contains({ expr: sql`toString(${expr})`, lowCardinality: false }, text)
  }
  if (type.family === 'uuid' && !isUuid(text)) {
    return contains({ expr: sql`toString(${expr})`, lowCardinality: false }, text)
  }
  return compareTyped(target, '=', text)
}

function matchRange(target: MatchTarget, value: Value & { type: 'range' }): Sql {
  const { low, high } = value
  const bounds: Sql[] = []
  // One bound that is no number makes both lexical, else one row could be compared in two ways.
  const isText = target.type.family === 'text'
  const lexical = isText && [low, high].some((bound) => bound !== null && !isNumeric(bound))
  const add = (operator: '>' | '>=' | '<' | '<=', bound: string | null) => {
    if (bound === null) return
    if (lexical) {
      const { expr } = target
      const compare = { '>': sql`>`, '>=': sql`>=`, '<': sql`<`, '<=': sql`<=` }[operator]
      bounds.push(sql`${expr} != '' AND ${expr} ${compare} ${param(bound, 'String')}`)
    } else {
      bounds.push(compareTyped(target, operator, bound))
    }
  }
  add(value.includeLow ? '>=' : '>', low)
  add(value.includeHigh ? '<=' : '<', high)
  if (bounds.length === 0) return matchValue(target, { type: 'exists', span: value.span })
  return bounds.map((bound) => sql`(${bound})`).reduce((left, right) => sql`${left} AND ${right}`)
}

function isNumeric(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(text)
}

function matchText(target: MatchTarget, value: Value): Sql {
  const { expr, role } = target
  switch (value.type) {
    case 'exists':
      return sql`${expr} != ''`
    case 'quoted':
      return equalsText(target, value.text)
    case 'text':
      return matchGlob(target, value.glob)
    case 'regex': {
      const spelled = isSpelled(role) ? inSpellingOf(role, expr, value.pattern) : expr
      const found = sql`match(${spelled}, ${param(value.pattern, 'String')})`
      return target.absentWhenEmpty ? sql`${expr} != '' AND ${found}` : found
    }
    case 'compare':
      return compareTyped(target, value.operator, value.bound)
    case 'range':
      return matchRange(target, value)
  }
}

function matchGlob(target: MatchTarget, glob: Glob): Sql {
  const { expr, type, role, index } = target
  const text = glob.map((part) => (typeof part === 'string' ? part : '')).join('')
  if (isId(role) && !hasWildcards(glob)) return equalsText(target, text)
  const column = {
    expr: isSpelled(role) ? inSpellingOf(role, expr, text) : expr,
    lowCardinality: type.lowCardinality,
    index: isSpelled(role) ? null : index,
  }
  return hasWildcards(glob) ? matchesWhole(column, glob) : hasPhrase(column, text)
}

/** Exactly equal; kinds, statuses, ids and severities in any case. */
export function equalsText(target: MatchTarget, text: string): Sql {
  const { expr, role } = target
  if (text === '') return sql`${expr} = ''`
  if (isSpelled(role)) {
    return sql`lower(${expr}) IN ${param(lowerSpellings(role, text), 'Array(String)')}`
  }
  if (isId(role)) {
    // Ids are stored in lower case, or all in upper: naming the spellings keeps the index on the column.
    const spellings = [...new Set([text, text.toLowerCase(), text.toUpperCase()])]
    return sql`${expr} IN ${param(spellings, 'Array(String)')}`
  }
  if (role === 'severityText' || role === 'level') {
    return sql`lowerUTF8(${expr}) = ${param(text.toLowerCase(), 'String')}`
  }
  return sql`${expr} = ${param(text, 'String')}`
}

function isSpelled(role: MatchTarget['role']): role is SpelledRole {
  return role === 'kind' || role === 'status'
}

function isId(role: MatchTarget['role']): boolean {
  return role === 'traceId' || role === 'spanId' || role === 'parentSpanId'
}
