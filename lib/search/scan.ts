import { isSpace, stepAt, unescapeText } from './characters'

/** Where a bare word ends: white space, a parenthesis, or a quote. */
export function bareEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && !isSpace(text[at]) && !'()"'.includes(text[at]!)) at += stepAt(text, at)
  return Math.min(at, text.length)
}

/** Where a field's value ends: white space or `)`. */
export function valueEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && !isSpace(text[at]) && text[at] !== ')') at += stepAt(text, at)
  return Math.min(at, text.length)
}

/**
 * The colon that makes a field of the bare text at `from`, or -1: `http://…`, `localhost:3000`, `12:30` and
 * `std::x` are text.
 */
export function fieldColon(text: string, from: number): number {
  if (!/^[\p{L}_@]/u.test(text.slice(from, from + 2))) return -1
  let at = from
  while (at < text.length && text[at] !== ':') {
    if (isSpace(text[at]) || '()"'.includes(text[at]!)) return -1
    at += stepAt(text, at)
  }
  if (at >= text.length) return -1
  if (text[at + 1] === ':' || text.startsWith('//', at + 1)) return -1
  return text.slice(from, at).toLowerCase() === 'localhost' ? -1 : at
}

export interface Quoted {
  readonly text: string
  /** Just behind the closing quote, or the end of the text. */
  readonly to: number
  readonly closed: boolean
}

/** Reads from an opening quote. */
export function readQuoted(text: string, from: number): Quoted {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += stepAt(text, at)
  const end = Math.min(at, text.length)
  const closed = text[at] === '"'
  return { text: unescapeText(text.slice(from + 1, end)), to: closed ? end + 1 : end, closed }
}

/**
 * A regex starts with `/`, and its next unescaped `/` is followed by white space, `)` or the end.
 * @returns null when this is text, like the path `/api/cart`.
 */
export function readRegex(text: string, from: number): { pattern: string; to: number } | null {
  let at = from + 1
  while (at < text.length && text[at] !== '/') at += text[at] === '\\' ? 2 : 1
  const after = text[at + 1]
  if (text[at] !== '/' || at === from + 1) return null
  if (after !== undefined && after !== ')' && !isSpace(after)) return null
  const raw = text.slice(from + 1, at)
  return { pattern: raw.replace(/\\([\s\S])/g, (pair, char) => (char === '/' ? '/' : pair)), to: at + 1 }
}
