import {
  type Diagnostic,
  MAX_BYTES,
  MAX_CLAUSES,
  MAX_DEPTH,
  type SearchNode,
  type SearchToken,
  type Span,
} from './ast'
import { isSpace, unescapeText } from './characters'
import { Cursor, type Operator } from './cursor'
import { hasWildcards, isAnything, parseGlob } from './glob'
import { readValue } from './read-value'
import { bareEnd, fieldColon } from './scan'

export interface ParsedSearch {
  /** The best reading of the text, whatever is wrong with it. */
  readonly ast: SearchNode
  readonly diagnostics: readonly Diagnostic[]
  readonly tokens: readonly SearchToken[]
}

/**
 * Parses the search language (docs/SEARCH.md). Never throws: what is wrong becomes diagnostics with spans, in
 * the order of the text. A query with an error among them must not be run.
 */
export function parseSearch(text: string): ParsedSearch {
  return new Parser(text).run()
}

interface FieldName {
  readonly name: string
  readonly span: Span
}

class Parser {
  private depth = 0
  private clauses = 0
  private readonly cursor: Cursor

  constructor(text: string) {
    this.cursor = new Cursor(text)
  }

  run(): ParsedSearch {
    const all: SearchNode = { type: 'all', span: { from: 0, to: this.cursor.text.length } }
    if (byteLength(this.cursor.text) > MAX_BYTES) {
      this.cursor.error(
        'too_long',
        0,
        this.cursor.text.length,
        'This search is longer than 64 KB.',
        'Shorten it.',
      )
      return { ast: all, diagnostics: this.cursor.diagnostics, tokens: [] }
    }
    const ast = this.expression(null, 0) ?? all
    return {
      ast,
      diagnostics: this.cursor.diagnostics.toSorted((a, b) => a.from - b.from),
      tokens: this.cursor.tokens,
    }
  }

  /** OR of ANDs, up to `)` or the end. */
  private expression(field: FieldName | null, from: number): SearchNode | null {
    const choices: SearchNode[] = []
    let items: SearchNode[] = []
    let operator: Operator | null = null
    let started = false
    for (;;) {
      this.cursor.skipSpaces()
      if (this.cursor.isAtEnd) break
      if (this.cursor.char === ')') {
        if (this.depth > 0) break
        this.strayParenthesis()
        continue
      }
      const next = this.cursor.readOperator()
      if (next) {
        this.checkOperator(next, operator, started)
        if (next.kind === 'OR' && items.length > 0) {
          choices.push(combine('and', items))
          items = []
        }
        operator = next
        continue
      }
      operator = null
      started = true
      const item = this.unary(field)
      if (item) items.push(item)
    }
    if (operator && started) {
      this.cursor.error(
        'trailing_operator',
        operator.span.from,
        operator.span.to,
        `Nothing follows ${this.cursor.slice(operator.span)}.`,
        'Add what it should combine, or put the word in quotes.',
      )
    }
    if (items.length > 0) choices.push(combine('and', items))
    if (!started && !operator && this.depth > 0 && this.cursor.char === ')') {
      this.cursor.error(
        'empty_group',
        from,
        this.cursor.at + 1,
        'This group is empty.',
        'Quote it to search for the text.',
      )
    }
    return choices.length === 0 ? null : combine('or', choices)
  }

  private checkOperator(next: Operator, previous: Operator | null, started: boolean): void {
    const { from, to } = next.span
    const word = this.cursor.slice(next.span)
    if (previous) {
      this.cursor.error(
        'doubled_operator',
        from,
        to,
        `${word} follows another operator.`,
        'Remove one of them.',
      )
    } else if (!started) {
      this.cursor.error(
        'leading_operator',
        from,
        to,
        `Nothing stands before ${word}.`,
        'Remove it, or put the word in quotes.',
      )
    }
  }

  /** NOT, `-`, `!` and `+`, repeated, and what they apply to. */
  private unary(field: FieldName | null): SearchNode | null {
    const prefixes: Span[] = []
    let plain = false
    for (;;) {
      const span: Span | null = plain
        ? this.cursor.readPrefix()
        : (this.cursor.readWord('NOT') ?? this.cursor.readPrefix())
      if (!span) break
      const isWord: boolean = this.cursor.text[span.from] === 'N'
      plain = !isWord
      if (this.cursor.text[span.from] !== '+') prefixes.push(span)
      if (isWord && !this.checkNot(span)) return null
      if (this.depth + prefixes.length > MAX_DEPTH) {
        this.tooDeep(span.from)
        return null
      }
    }
    this.depth += prefixes.length
    const item = this.primary(field)
    this.depth -= prefixes.length
    if (!item) return null
    return prefixes.reduceRight<SearchNode>(
      (inner, span) => ({ type: 'not', item: inner, span: { from: span.from, to: inner.span.to } }),
      item,
    )
  }

  /** NOT needs something behind it. */
  private checkNot(span: Span): boolean {
    this.cursor.skipSpaces()
    if (this.cursor.isAtEnd || this.cursor.char === ')') {
      const hint = 'Add what to exclude, or put the word in quotes.'
      this.cursor.error('trailing_operator', span.from, span.to, 'Nothing follows NOT.', hint)
      return false
    }
    const start = this.cursor.at
    const tokens = this.cursor.tokens.length
    const next = this.cursor.readOperator()
    if (!next) return true
    this.cursor.at = start
    this.cursor.tokens.length = tokens
    const message = `NOT is followed by ${this.cursor.slice(next.span)}.`
    this.cursor.error('doubled_operator', span.from, next.span.to, message, 'Remove one of them.')
    return false
  }

  private primary(field: FieldName | null): SearchNode | null {
    const from = this.cursor.at
    if (this.cursor.text[from] === '(') return this.group(field)
    if (this.clauses >= MAX_CLAUSES) {
      this.cursor.error(
        'too_many_clauses',
        from,
        this.cursor.text.length,
        `More than ${MAX_CLAUSES} clauses.`,
        'Use fewer.',
      )
      this.cursor.at = this.cursor.text.length
      return null
    }
    this.clauses++
    if (field) return this.fieldNode(field, from)
    if (this.cursor.text[from] === '"') {
      const text = this.cursor.quoted(undefined)
      return { type: 'phrase', text, span: { from, to: this.cursor.at } }
    }
    const colon = fieldColon(this.cursor.text, from)
    if (colon !== -1) return this.fieldClause(from, colon)
    this.cursor.at = bareEnd(this.cursor.text, from)
    const glob = parseGlob(this.cursor.text.slice(from, this.cursor.at))
    this.cursor.token(hasWildcards(glob) ? 'wildcard' : 'text', from, this.cursor.at)
    const span = { from, to: this.cursor.at }
    return isAnything(glob) ? { type: 'all', span } : { type: 'text', glob, span }
  }

  private fieldClause(from: number, colon: number): SearchNode | null {
    const name = unescapeText(this.cursor.text.slice(from, colon))
    const field = { name, span: { from, to: colon } }
    this.cursor.token('field', from, colon)
    this.cursor.token('colon', colon, colon + 1, name)
    this.cursor.at = colon + 1
    const next = this.cursor.char
    if (next === undefined || next === ')' || isSpace(next)) {
      this.cursor.missingValue(from, colon + 1, name)
      return null
    }
    if (next === '(') {
      this.clauses--
      const inner = this.group(field)
      return inner && { ...inner, span: { from, to: this.cursor.at } }
    }
    const node = this.fieldNode(field, from)
    return node
  }

  private fieldNode(field: FieldName, from: number): SearchNode | null {
    const value = readValue(this.cursor, field.name)
    if (!value) return null
    return {
      type: 'field',
      name: field.name,
      nameSpan: field.span,
      value,
      span: { from, to: this.cursor.at },
    }
  }

  private group(field: FieldName | null): SearchNode | null {
    const from = this.cursor.at
    if (this.depth >= MAX_DEPTH) {
      this.tooDeep(from)
      return null
    }
    this.cursor.token('parenthesis', from, from + 1)
    this.cursor.at++
    this.depth++
    const inner = this.expression(field, from)
    this.depth--
    if (this.cursor.char === ')') {
      this.cursor.token('parenthesis', this.cursor.at, this.cursor.at + 1)
      this.cursor.at++
    } else if (!this.gaveUp()) {
      const hint = 'Add the ), or write \\( to search for the character.'
      this.cursor.error('unclosed_group', from, from + 1, 'This parenthesis is not closed.', hint)
    }
    return inner
  }

  private strayParenthesis(): void {
    const hint = 'Remove it, or write \\) to search for the character.'
    this.cursor.error(
      'stray_parenthesis',
      this.cursor.at,
      this.cursor.at + 1,
      'No parenthesis was opened for this one.',
      hint,
    )
    this.cursor.token('parenthesis', this.cursor.at, this.cursor.at + 1)
    this.cursor.at++
  }

  private tooDeep(from: number): void {
    this.cursor.error(
      'too_deep',
      from,
      this.cursor.text.length,
      `Nested deeper than ${MAX_DEPTH} levels.`,
      'Nest less.',
    )
    this.cursor.at = this.cursor.text.length
  }

  /** After a limit the rest is not read, so its missing parentheses are no news. */
  private gaveUp(): boolean {
    return this.cursor.diagnostics.some(({ code }) => code === 'too_deep' || code === 'too_many_clauses')
  }
}

function combine(type: 'and' | 'or', items: readonly SearchNode[]): SearchNode {
  const first = items[0]!
  if (items.length === 1) return first
  return { type, items, span: { from: first.span.from, to: items.at(-1)!.span.to } }
}

function byteLength(text: string): number {
  if (text.length > MAX_BYTES) return text.length
  return text.length * 3 <= MAX_BYTES ? text.length : new TextEncoder().encode(text).length
}
