import type { Glob } from '@/lib/search/ast'
import { param, type Sql, sql } from '@/lib/sql/fragment'
import type { TextIndex } from './index-choice'
import { asciiFold, contains, escapeLike, isAscii, matchesWithin, type TextColumn } from './text-match'

/** A text column and the index that can serve it. */
export interface IndexedText extends TextColumn {
  readonly index: TextIndex | null
}

/**
 * A bare word: letters and digits are a word of the text; with separators or beyond ASCII it is a phrase.
 * Wildcards as in docs/SEARCH.md.
 */
export function matchesBare(column: IndexedText, glob: Glob): Sql {
  const isWord = glob.every((part) => typeof part !== 'string' || /^[A-Za-z0-9]+$/.test(part))
  const [only] = glob
  if (glob.length === 1 && typeof only === 'string') {
    return isWord ? hasWord(column, only) : hasPhrase(column, only)
  }
  // `*meou*` is a part of a word, which is what a phrase finds.
  const core = glob.filter((part) => typeof part === 'string')
  const isContained = glob.length === 3 && core.length === 1 && typeof glob[1] === 'string'
  if (isContained && glob.every((part) => typeof part === 'string' || part.wild === '*')) {
    return hasPhrase(column, core[0]!)
  }
  const condition = matchesWithin(column, glob, isWord)
  // A wildcard may continue a token, so only pieces inside the literals count.
  return pruned(
    column,
    core.flatMap((text) => pieces(text, false)),
    condition,
  )
}

/** The text contains this stretch, any case. */
export function hasPhrase(column: IndexedText, text: string): Sql {
  const condition = contains(column, text)
  const { index } = column
  const isLetters = /^[A-Za-z0-9]+$/.test(text)
  if (index?.kind === 'text' && index.words && isLetters && text.length >= index.shortestPiece!) {
    // The words of the text keep each run of letters whole: this is exact, and reads the dictionary only.
    return sql`${index.expr} LIKE ${param(`%${text.toLowerCase()}%`, 'String')}`
  }
  return pruned(column, pieces(text, true), condition)
}

function hasWord(column: IndexedText, word: string): Sql {
  const { index } = column
  if (index?.words && index.kind !== 'ngrambf') return hasToken(index, word.toLowerCase())
  const condition = matchesWithin(column, [word], true)
  return pruned(column, [{ text: word.toLowerCase(), isToken: false }], condition)
}

interface Piece {
  /** Lower-case ASCII. */
  readonly text: string
  /** Separators stand on both sides, so it is a whole word wherever the phrase is found. */
  readonly isToken: boolean
}

/** The runs of ASCII letters and digits of a text that must stand in each row that contains it. */
function pieces(text: string, isWhole: boolean): Piece[] {
  const folded = asciiFold(text)
  return [...folded.matchAll(/[A-Za-z0-9]+/g)].map((match): Piece => {
    const before = folded[match.index - 1]
    const after = folded[match.index + match[0].length]
    const isBounded = [before, after].every((char) => char !== undefined && isAscii(char))
    return { text: match[0].toLowerCase(), isToken: isWhole && isBounded }
  })
}

/** The condition, with what the index can say before it. */
function pruned(column: IndexedText, found: readonly Piece[], condition: Sql): Sql {
  const { index } = column
  if (!index) return condition
  const tokens = index.kind === 'ngrambf' ? [] : found.filter((piece) => piece.isToken)
  const hints = tokens
    .filter((piece) => index.words || !foldsBeyond(piece.text))
    .map((piece) => hasToken(index, piece.text))
  const shortest = index.shortestPiece
  if (hints.length === 0 && shortest !== null) {
    const parts = found.flatMap((piece) => (index.words ? [piece.text] : piece.text.split(/[ks]+/)))
    const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '')
    if (longest.length >= shortest) {
      hints.push(sql`${index.expr} LIKE ${param(`%${escapeLike(longest)}%`, 'String')}`)
    }
  }
  return hints.length === 0 ? condition : sql`${and(hints)} AND (${condition})`
}

/** `lower()` leaves ſ and the Kelvin sign as they are, which fold to s and k. */
function foldsBeyond(text: string): boolean {
  return /[ks]/.test(text)
}

function hasToken(index: TextIndex, token: string): Sql {
  const value = param(token, 'String')
  return index.kind === 'text'
    ? sql`hasAllTokens(${index.expr}, ${value})`
    : sql`hasToken(${index.expr}, ${value})`
}

function and(items: readonly Sql[]): Sql {
  return items.reduce((left, right) => sql`${left} AND ${right}`)
}
