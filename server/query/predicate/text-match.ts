import type { Glob } from '@/lib/search/ast'
import { param, type Sql, sql } from '@/lib/sql/fragment'

/**
 * Text conditions, any case by Unicode's simple case folding: the one that RE2's `(?i)` does. ILIKE is three
 * times as fast but does not know ſ and ς, so rows of pure ASCII go to ILIKE and the others to RE2.
 */

const NOT_SPACE = '[^\\s\\x0b\\x{85}\\p{Z}]'
const NOT_LETTER = '[^\\p{L}\\p{M}\\p{N}]'

export interface TextColumn {
  readonly expr: Sql
  /** A function of one LowCardinality column runs once for each distinct value. */
  readonly lowCardinality: boolean
}

/** The text contains `value`, any case. */
export function contains(column: TextColumn, value: string): Sql {
  return match(column, escapeRegex(value), `%${escapeLike(value)}%`, value)
}

/** The whole text matches the glob, any case; wildcards match anything, white space too. */
export function matchesWhole(column: TextColumn, glob: Glob): Sql {
  const pattern = globText(glob, escapeRegex, '.*', '.')
  const like = globText(glob, escapeLike, '%', '_')
  return match(
    column,
    `\\A${pattern}\\z`,
    like,
    globText(glob, (part) => part, '', ''),
  )
}

/**
 * The text contains a stretch that matches the glob; wildcards do not cross white space. With `words`, each
 * end that has no `*` lies between words.
 */
export function matchesWithin(column: TextColumn, glob: Glob, words: boolean): Sql {
  const isAny = (part: Glob[number] | undefined) => typeof part === 'object' && part.wild === '*'
  const openStart = isAny(glob[0]) || !words
  const openEnd = isAny(glob.at(-1)) || !words
  const core = glob.filter((part, i) => !(isAny(part) && (i === 0 || i === glob.length - 1)))
  const [only] = core
  if (openStart && openEnd && core.length === 1 && typeof only === 'string') return contains(column, only)
  const pattern = globText(core, escapeRegex, `${NOT_SPACE}*`, NOT_SPACE)
  const start = openStart ? '' : `(?:\\A|${NOT_LETTER})`
  const end = openEnd ? '' : `(?:\\z|${NOT_LETTER})`
  const regex = sql`match(${column.expr}, ${param(`(?is)${start}${pattern}${end}`, 'String')})`
  const needle = longest(core)
  if (column.lowCardinality || needle === '') return regex
  // The regex is slow: let ILIKE sort out most rows first.
  const like = param(`%${escapeLike(asciiFold(needle))}%`, 'String')
  const { expr } = column
  return isAscii(asciiFold(needle))
    ? sql`if(lengthUTF8(${expr}) = length(${expr}), ${expr} ILIKE ${like}, 1) AND ${regex}`
    : regex
}

function match(column: TextColumn, pattern: string, like: string, literal: string): Sql {
  const { expr } = column
  const folded = asciiFold(like)
  if (!/[a-z]/i.test(asciiFold(literal)) && isAscii(literal))
    return sql`${expr} LIKE ${param(like, 'String')}`
  const regex = sql`match(${expr}, ${param(`(?is)${pattern}`, 'String')})`
  if (column.lowCardinality || !isAscii(folded)) return regex
  return sql`if(lengthUTF8(${expr}) = length(${expr}), ${expr} ILIKE ${param(folded, 'String')}, ${regex})`
}

function globText(glob: Glob, quote: (part: string) => string, any: string, one: string): string {
  return glob.map((part) => (typeof part === 'string' ? quote(part) : part.wild === '*' ? any : one)).join('')
}

function longest(glob: Glob): string {
  return glob.reduce<string>(
    (best, part) => (typeof part === 'string' && part.length > best.length ? part : best),
    '',
  )
}

/** The two characters outside ASCII that fold into it. */
export function asciiFold(text: string): string {
  return text.replaceAll('ſ', 's').replaceAll('\u212a', 'k')
}

export function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}

/** `%`, `_` and `\` stand for themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

export function escapeRegex(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replaceAll('\0', '\\x00')
}
