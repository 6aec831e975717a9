import type { Diagnostic, Value } from './ast'
import { isSpace, stepAt, unescapeText } from './characters'
import { readQuoted } from './scan'

const HINT =
  'Write [low TO high], {low TO high} without the ends, and * for an open end; quote a value with spaces.'

export interface RangeRead {
  readonly value: Value | null
  readonly to: number
  readonly error?: Diagnostic
}

/** Reads `[a TO b]`, `{a TO b}`, `[a TO b}` from its opening bracket. */
export function readRange(text: string, from: number): RangeRead {
  const fail = (code: 'bad_range' | 'unclosed_range', to: number, message: string): RangeRead => ({
    value: null,
    to,
    error: { severity: 'error', code, message, from, to, hint: HINT },
  })
  const low = readBound(text, skipSpaces(text, from + 1))
  if (low === 'unclosed') return unclosed(text, from, fail)
  const keyword = skipSpaces(text, low.to)
  const isKeyword = text.startsWith('TO', keyword) && isSpace(text[keyword + 2]) && keyword > low.to
  if (!isKeyword) return malformed(text, from, fail)
  const high = readBound(text, skipSpaces(text, keyword + 2))
  if (high === 'unclosed') return unclosed(text, from, fail)
  const close = skipSpaces(text, high.to)
  const bracket = text[close]
  if (bracket === undefined) return unclosed(text, from, fail)
  const after = text[close + 1]
  const isEnd = after === undefined || after === ')' || isSpace(after)
  if ((bracket !== ']' && bracket !== '}') || low.empty || high.empty || !isEnd) {
    return malformed(text, from, fail)
  }
  const to = close + 1
  return {
    value: {
      type: 'range',
      low: low.value,
      high: high.value,
      includeLow: text[from] === '[',
      includeHigh: bracket === ']',
      span: { from, to },
    },
    to,
  }
}

type Fail = (code: 'bad_range' | 'unclosed_range', to: number, message: string) => RangeRead

function unclosed(text: string, _from: number, fail: Fail): RangeRead {
  return fail('unclosed_range', text.length, 'This range has no closing bracket.')
}

function malformed(text: string, from: number, fail: Fail): RangeRead {
  const rest = text.slice(from + 1)
  const close = rest.search(/[\]}]/)
  if (close === -1) return unclosed(text, from, fail)
  let to = from + 2 + close
  while (to < text.length && !isSpace(text[to]) && text[to] !== ')') to++
  return fail('bad_range', to, 'This is not a range.')
}

interface Bound {
  readonly value: string | null
  readonly to: number
  readonly empty: boolean
}

function readBound(text: string, from: number): Bound | 'unclosed' {
  if (from >= text.length) return 'unclosed'
  if (text[from] === '"') {
    const quoted = readQuoted(text, from)
    return quoted.closed ? { value: quoted.text, to: quoted.to, empty: false } : 'unclosed'
  }
  let at = from
  while (at < text.length && !isSpace(text[at]) && text[at] !== ']' && text[at] !== '}')
    at += stepAt(text, at)
  const raw = text.slice(from, at)
  return { value: raw === '*' ? null : unescapeText(raw), to: Math.min(at, text.length), empty: raw === '' }
}

function skipSpaces(text: string, from: number): number {
  let at = from
  while (isSpace(text[at])) at++
  return at
}
