/**
 * ClickHouse's tokens, as far as they matter for looking at a statement without running it: what is a
 * word, what is a string or a quoted identifier, and what is comment. Follows ClickHouse's own lexer in
 * the details that could hide something: nested comments, `#` comments, heredocs, typographic quotes.
 */

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'error'

export interface Token {
  readonly kind: TokenKind
  /** As written, quotes included. */
  readonly text: string
  /** Upper-cased word; the name without quotes for a quoted identifier; the text otherwise. */
  readonly value: string
  readonly from: number
  readonly to: number
}

const SPACE = /[\s\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+/y
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y
const NUMBER =
  /(?:0[xX][0-9a-fA-F_.]+(?:[pP][+-]?\d+)?|0[bB][01_]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/y
const HEREDOC = /\$(\w*)\$/y
const OPERATOR = /->|::|\|\||<=>|<=|>=|!=|<>|==|[^\s]/uy

/** Splits a text into tokens; spaces and comments are dropped. Never throws: what has no end is an `error` token. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0] ?? null
  }
  const push = (kind: TokenKind, to: number, value?: string): void => {
    const piece = text.slice(at, to)
    tokens.push({ kind, text: piece, value: value ?? piece, from: at, to })
    at = to
  }
  while (at < text.length) {
    const space = match(SPACE)
    if (space !== null) {
      at += space.length
      continue
    }
    const comment = commentEnd(text, at)
    if (comment !== null) {
      if (comment < 0) push('error', text.length)
      else at = comment
      continue
    }
    const quote = QUOTES[text.charAt(at)]
    if (quote !== undefined) {
      const end = quotedEnd(text, at, quote.close)
      if (end < 0) push('error', text.length)
      else
        push(
          quote.kind,
          end,
          quote.kind === 'quoted' ? unquote(text.slice(at + 1, end - 1), quote.close) : undefined,
        )
      continue
    }
    if (text[at] === '$') {
      const opening = match(HEREDOC)
      if (opening !== null) {
        const close = text.indexOf(opening, at + opening.length)
        if (close < 0) push('error', text.length)
        else push('string', close + opening.length)
        continue
      }
    }
    const word = match(WORD)
    if (word !== null) {
      push('word', at + word.length, word.toUpperCase())
      continue
    }
    const number = match(NUMBER)
    if (number !== null) {
      push('number', at + number.length)
      continue
    }
    push('symbol', at + (match(OPERATOR) ?? text.charAt(at)).length)
  }
  return tokens
}

const QUOTES: Readonly<Record<string, { kind: 'string' | 'quoted'; close: string }>> = {
  "'": { kind: 'string', close: "'" },
  '‘': { kind: 'string', close: '’' },
  '"': { kind: 'quoted', close: '"' },
  '`': { kind: 'quoted', close: '`' },
  '“': { kind: 'quoted', close: '”' },
}

/** Position after the comment that starts at `at`, -1 when it has no end, null when there is none. */
function commentEnd(text: string, at: number): number | null {
  const two = text.slice(at, at + 2)
  if (two === '--' || two === '#!' || (two[0] === '#' && (two === '#' || /\s/.test(two[1] ?? ' ')))) {
    const line = text.indexOf('\n', at)
    return line < 0 ? text.length : line + 1
  }
  if (two !== '/*') return null
  let depth = 0
  for (let i = at; i < text.length - 1; i++) {
    const pair = text.slice(i, i + 2)
    if (pair === '/*') depth++
    else if (pair === '*/') depth--
    else continue
    i++
    if (depth === 0) return i + 1
  }
  return -1
}

/** Position after the closing quote: a backslash escapes, a doubled quote stands for itself. */
function quotedEnd(text: string, at: number, close: string): number {
  const escapes = close === "'" || close === '"' || close === '`'
  for (let i = at + 1; i < text.length; i++) {
    const char = text[i]
    if (char === '\\' && escapes) i++
    else if (char === close) {
      if (escapes && text[i + 1] === close) i++
      else return i + 1
    }
  }
  return -1
}

function unquote(inner: string, close: string): string {
  return inner.replaceAll(close + close, close).replace(/\\(.)/gs, '$1')
}
