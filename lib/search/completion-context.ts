import type { SearchToken } from './ast'
import { unescapeText } from './characters'
import { parseSearch } from './parse'

export interface CompletionContext {
  /** What can stand at the cursor: the name of a field (or a word), a value of `field`, or an operator. */
  readonly kind: 'field' | 'value' | 'operator'
  readonly field?: string
  /** What is typed of it so far, before the cursor, without quotes and escapes. */
  readonly prefix: string
  /** What an accepted completion replaces. */
  readonly from: number
  readonly to: number
}

/** What the cursor at `position` asks for. */
export function completionContext(text: string, position: number): CompletionContext {
  const at = Math.max(0, Math.min(position, text.length))
  const { tokens } = parseSearch(text)
  const index = tokens.findLastIndex((token) => token.from < at)
  const token = tokens[index]
  if (token && at <= token.to) return insideToken(text, tokens, index, at)
  const open = openGroupField(text, tokens, at)
  if (open !== undefined) return { kind: 'value', field: open, prefix: '', from: at, to: at }
  const follows = token !== undefined && isOperand(text, token)
  return { kind: follows ? 'operator' : 'field', prefix: '', from: at, to: at }
}

function insideToken(
  text: string,
  tokens: readonly SearchToken[],
  index: number,
  at: number,
): CompletionContext {
  const token = tokens[index]!
  const { from, to, field } = token
  if (token.kind === 'colon' || token.kind === 'compare') {
    return { kind: 'value', ...(field === undefined ? {} : { field }), prefix: '', from: at, to: at }
  }
  if (token.kind === 'parenthesis') {
    const open = openGroupField(text, tokens, at)
    if (open !== undefined) return { kind: 'value', field: open, prefix: '', from: at, to: at }
    return { kind: text[from] === ')' ? 'operator' : 'field', prefix: '', from: at, to: at }
  }
  const typed = text.slice(from, at)
  if (field !== undefined) {
    const prefix = unescapeText(token.kind === 'quoted' ? typed.slice(1) : typed)
    return { kind: 'value', field, prefix, from, to }
  }
  if (token.kind === 'operator') {
    const isPrefix = /^[-+!]$/.test(text.slice(from, to))
    if (isPrefix) return { kind: 'field', prefix: '', from: at, to: at }
    return { kind: 'operator', prefix: typed, from, to }
  }
  return { kind: 'field', prefix: unescapeText(typed), from, to }
}

/** The field of the group that is open at `at`: `Field:(a |`. */
function openGroupField(text: string, tokens: readonly SearchToken[], at: number): string | undefined {
  const open: (string | undefined)[] = []
  let last: SearchToken | undefined
  for (const token of tokens) {
    if (token.from >= at) break
    if (token.kind === 'parenthesis') {
      if (text[token.from] === '(') {
        const own = last?.kind === 'colon' && last.to === token.from ? last.field : undefined
        open.push(own ?? open.at(-1))
      } else {
        open.pop()
      }
    }
    last = token
  }
  return open.at(-1)
}

function isOperand(text: string, token: SearchToken): boolean {
  if (token.kind === 'operator' || token.kind === 'colon' || token.kind === 'compare') return false
  return token.kind !== 'parenthesis' || text[token.from] === ')'
}
