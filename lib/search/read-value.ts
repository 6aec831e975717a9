import type { Value } from './ast'
import { unescapeText } from './characters'
import type { Cursor } from './cursor'
import { hasWildcards, isAnything, parseGlob } from './glob'
import { readRange } from './range-value'
import { checkRegex } from './re2-syntax'
import { readRegex, valueEnd } from './scan'

/** Reads the value of a field, in every form. Null when there is none; the cursor then holds the mistake. */
export function readValue(cursor: Cursor, field: string): Value | null {
  const from = cursor.at
  const char = cursor.text[from]
  if (char === '"') {
    const text = cursor.quoted(field)
    return { type: 'quoted', text, span: { from, to: cursor.at } }
  }
  if (char === '[' || char === '{') {
    const range = readRange(cursor.text, from)
    cursor.at = range.to
    cursor.token('range', from, cursor.at, field)
    if (range.error) cursor.diagnostics.push(range.error)
    return range.value
  }
  if (char === '>' || char === '<' || char === '=') return readComparison(cursor, field)
  const regex = char === '/' ? readRegex(cursor.text, from) : null
  if (regex) {
    cursor.at = regex.to
    cursor.token('regex', from, cursor.at, field)
    const problem = checkRegex(regex.pattern)
    if (problem) {
      const hint = 'RE2 syntax: no look-around and no back-references. Escape a literal character with \\.'
      cursor.error('bad_regex', from, cursor.at, `This regular expression is not valid: ${problem}.`, hint)
    }
    return { type: 'regex', pattern: regex.pattern, span: { from, to: cursor.at } }
  }
  cursor.at = valueEnd(cursor.text, from)
  const glob = parseGlob(cursor.text.slice(from, cursor.at))
  const span = { from, to: cursor.at }
  cursor.token(hasWildcards(glob) ? 'wildcard' : 'text', from, cursor.at, field)
  return isAnything(glob) ? { type: 'exists', span } : { type: 'text', glob, span }
}

function readComparison(cursor: Cursor, field: string): Value | null {
  const from = cursor.at
  const operator = /^(?:>=|<=|>|<|=)/.exec(cursor.text.slice(from, from + 2))![0] as '>'
  const start = from + operator.length
  cursor.at = start
  cursor.token('compare', from, start, field)
  let bound: string
  if (cursor.text[start] === '"') {
    bound = cursor.quoted(field)
  } else {
    cursor.at = valueEnd(cursor.text, start)
    if (cursor.at === start) {
      cursor.missingValue(from, start, field)
      return null
    }
    cursor.token('text', start, cursor.at, field)
    bound = unescapeText(cursor.text.slice(start, cursor.at))
  }
  return { type: 'compare', operator, bound, span: { from, to: cursor.at } }
}
