import {
  type Diagnostic,
  type DiagnosticCode,
  MAX_BYTES,
  MAX_CLAUSES,
  MAX_DEPTH,
  type SearchNode,
  type SearchToken,
  type Span,
  type TokenKind,
  type Value,
} from './ast'
import { isLonePunctuation, isSpace, unescapeText } from './characters'
import { hasWildcards, isAnything, parseGlob } from './glob'
import { readRange } from './range-value'
import { checkRegex } from './re2-syntax'
import { bareEnd, fieldColon, readQuoted, readRegex, valueEnd } from './scan'

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

interface Operator {
  readonly kind: 'AND' | 'OR'
  readonly span: Span
}

class Parser {
  private at = 0
  private depth = 0
  private clauses = 0
  private readonly diagnostics: Diagnostic[] = []
  private readonly tokens: SearchToken[] = []

  constructor(private readonly text: string) {}

  run(): ParsedSearch {
    const all: SearchNode = { type: 'all', span: { from: 0, to: this.text.length } }
    if (byteLength(this.text) > MAX_BYTES) {
      this.error('too_long', 0, this.text.length, 'This search is longer than 64 KB.', 'Shorten it.')
      return { ast: all, diagnostics: this.diagnostics, tokens: [] }
    }
    const ast = this.expression(null, 0) ?? all
    return {
      ast,
      diagnostics: this.diagnostics.toSorted((a, b) => a.from - b.from),
      tokens: this.tokens,
    }
  }

  /** OR of ANDs, up to `)` or the end. */
  private expression(field: FieldName | null, from: number): SearchNode | null {
    const choices: SearchNode[] = []
    let items: SearchNode[] = []
    let operator: Operator | null = null
    let started = false
    for (;;) {
      this.skipSpaces()
      if (this.at >= this.text.length) break
      if (this.text[this.at] === ')') {
        if (this.depth > 0) break
        this.strayParenthesis()
        continue
      }
      const next = this.readOperator()
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
      this.error(
        'trailing_operator',
        operator.span.from,
        operator.span.to,
        `Nothing follows ${this.slice(operator.span)}.`,
        'Add what it should combine, or put the word in quotes.',
      )
    }
    if (items.length > 0) choices.push(combine('and', items))
    if (!started && !operator && this.depth > 0 && this.text[this.at] === ')') {
      this.error('empty_group', from, this.at + 1, 'This group is empty.', 'Quote it to search for the text.')
    }
    return choices.length === 0 ? null : combine('or', choices)
  }

  private checkOperator(next: Operator, previous: Operator | null, started: boolean): void {
    const { from, to } = next.span
    const word = this.slice(next.span)
    if (previous) {
      this.error('doubled_operator', from, to, `${word} follows another operator.`, 'Remove one of them.')
    } else if (!started) {
      this.error(
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
      const span: Span | null = plain ? this.readPrefix() : (this.readWord('NOT') ?? this.readPrefix())
      if (!span) break
      const isWord: boolean = this.text[span.from] === 'N'
      plain = !isWord
      if (this.text[span.from] !== '+') prefixes.push(span)
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
    this.skipSpaces()
    if (this.at >= this.text.length || this.text[this.at] === ')') {
      const hint = 'Add what to exclude, or put the word in quotes.'
      this.error('trailing_operator', span.from, span.to, 'Nothing follows NOT.', hint)
      return false
    }
    const start = this.at
    const tokens = this.tokens.length
    const next = this.readOperator()
    if (!next) return true
    this.at = start
    this.tokens.length = tokens
    const message = `NOT is followed by ${this.slice(next.span)}.`
    this.error('doubled_operator', span.from, next.span.to, message, 'Remove one of them.')
    return false
  }

  private primary(field: FieldName | null): SearchNode | null {
    const from = this.at
    if (this.text[from] === '(') return this.group(field)
    if (this.clauses >= MAX_CLAUSES) {
      this.error(
        'too_many_clauses',
        from,
        this.text.length,
        `More than ${MAX_CLAUSES} clauses.`,
        'Use fewer.',
      )
      this.at = this.text.length
      return null
    }
    this.clauses++
    if (field) return this.fieldNode(field, from)
    if (this.text[from] === '"') {
      const text = this.quoted(undefined)
      return { type: 'phrase', text, span: { from, to: this.at } }
    }
    const colon = fieldColon(this.text, from)
    if (colon !== -1) return this.fieldClause(from, colon)
    this.at = bareEnd(this.text, from)
    const glob = parseGlob(this.text.slice(from, this.at))
    this.token(hasWildcards(glob) ? 'wildcard' : 'text', from, this.at)
    const span = { from, to: this.at }
    return isAnything(glob) ? { type: 'all', span } : { type: 'text', glob, span }
  }

  private fieldClause(from: number, colon: number): SearchNode | null {
    const name = unescapeText(this.text.slice(from, colon))
    const field = { name, span: { from, to: colon } }
    this.token('field', from, colon)
    this.token('colon', colon, colon + 1, name)
    this.at = colon + 1
    const next = this.text[this.at]
    if (next === undefined || next === ')' || isSpace(next)) {
      this.missingValue(from, colon + 1, name)
      return null
    }
    if (next === '(') {
      this.clauses--
      const inner = this.group(field)
      return inner && { ...inner, span: { from, to: this.at } }
    }
    const node = this.fieldNode(field, from)
    return node
  }

  private fieldNode(field: FieldName, from: number): SearchNode | null {
    const value = this.value(field.name)
    if (!value) return null
    return { type: 'field', name: field.name, nameSpan: field.span, value, span: { from, to: this.at } }
  }

  private value(field: string): Value | null {
    const from = this.at
    const char = this.text[from]
    if (char === '"') {
      const text = this.quoted(field)
      return { type: 'quoted', text, span: { from, to: this.at } }
    }
    if (char === '[' || char === '{') {
      const range = readRange(this.text, from)
      this.at = range.to
      this.token('range', from, this.at, field)
      if (range.error) this.diagnostics.push(range.error)
      return range.value
    }
    if (char === '>' || char === '<' || char === '=') return this.comparison(field)
    const regex = char === '/' ? readRegex(this.text, from) : null
    if (regex) {
      this.at = regex.to
      this.token('regex', from, this.at, field)
      const problem = checkRegex(regex.pattern)
      if (problem) {
        const hint = 'RE2 syntax: no look-around and no back-references. Escape a literal character with \\.'
        this.error('bad_regex', from, this.at, `This regular expression is not valid: ${problem}.`, hint)
      }
      return { type: 'regex', pattern: regex.pattern, span: { from, to: this.at } }
    }
    this.at = valueEnd(this.text, from)
    const glob = parseGlob(this.text.slice(from, this.at))
    const span = { from, to: this.at }
    this.token(hasWildcards(glob) ? 'wildcard' : 'text', from, this.at, field)
    return isAnything(glob) ? { type: 'exists', span } : { type: 'text', glob, span }
  }

  private comparison(field: string): Value | null {
    const from = this.at
    const operator = /^(?:>=|<=|>|<|=)/.exec(this.text.slice(from, from + 2))![0] as '>'
    const start = from + operator.length
    this.at = start
    this.token('compare', from, start, field)
    let bound: string
    if (this.text[start] === '"') {
      bound = this.quoted(field)
    } else {
      this.at = valueEnd(this.text, start)
      if (this.at === start) {
        this.missingValue(from, start, field)
        return null
      }
      this.token('text', start, this.at, field)
      bound = unescapeText(this.text.slice(start, this.at))
    }
    return { type: 'compare', operator, bound, span: { from, to: this.at } }
  }

  private group(field: FieldName | null): SearchNode | null {
    const from = this.at
    if (this.depth >= MAX_DEPTH) {
      this.tooDeep(from)
      return null
    }
    this.token('parenthesis', from, from + 1)
    this.at++
    this.depth++
    const inner = this.expression(field, from)
    this.depth--
    if (this.text[this.at] === ')') {
      this.token('parenthesis', this.at, this.at + 1)
      this.at++
    } else if (!this.gaveUp()) {
      const hint = 'Add the ), or write \\( to search for the character.'
      this.error('unclosed_group', from, from + 1, 'This parenthesis is not closed.', hint)
    }
    return inner
  }

  private quoted(field: string | undefined): string {
    const from = this.at
    const quoted = readQuoted(this.text, from)
    this.at = quoted.to
    this.token('quoted', from, this.at, field)
    if (!quoted.closed) {
      const hint = 'Add the closing ", or write \\" to search for the character.'
      this.error('unclosed_quote', from, this.at, 'This quote is not closed.', hint)
    }
    return quoted.text
  }

  /** AND, OR, `&&`, `||` as an operator, not as the start of a word. */
  private readOperator(): Operator | null {
    for (const [word, kind] of OPERATORS) {
      const span = this.readWord(word)
      if (span) return { kind, span }
    }
    return null
  }

  private readWord(word: string): Span | null {
    const from = this.at
    if (!this.text.startsWith(word, from) || bareEnd(this.text, from) !== from + word.length) return null
    this.at = from + word.length
    this.token('operator', from, this.at)
    return { from, to: this.at }
  }

  /** `-`, `!` or `+` in front of something; alone (`a - b`) or among other punctuation (`->`) it is text. */
  private readPrefix(): Span | null {
    const from = this.at
    const char = this.text[from]
    if (char !== '-' && char !== '!' && char !== '+') return null
    const end = bareEnd(this.text, from)
    const token = this.text.slice(from, end)
    const next = this.text[end]
    const operand = from + /^[-+!]+/.exec(token)![0].length
    const opens = (next === '(' || next === '"') && operand === end
    if (isLonePunctuation(token) && !opens && fieldColon(this.text, operand) === -1) return null
    this.at = from + 1
    this.token('operator', from, this.at)
    return { from, to: this.at }
  }

  private strayParenthesis(): void {
    const hint = 'Remove it, or write \\) to search for the character.'
    this.error('stray_parenthesis', this.at, this.at + 1, 'No parenthesis was opened for this one.', hint)
    this.token('parenthesis', this.at, this.at + 1)
    this.at++
  }

  private missingValue(from: number, to: number, name: string): void {
    // `Error: boom` is mostly pasted text: show it quoted.
    const rest = /^[^\n"()]*/.exec(this.text.slice(to))![0].trimEnd().slice(0, 60)
    const quoted = `"${this.text.slice(from, to)}${rest}"`
    const hint = `Add a value right behind it, or quote it to search for the text: ${quoted}`
    this.error('missing_value', from, to, `The field ${name} has no value.`, hint)
  }

  private tooDeep(from: number): void {
    this.error('too_deep', from, this.text.length, `Nested deeper than ${MAX_DEPTH} levels.`, 'Nest less.')
    this.at = this.text.length
  }

  /** After a limit the rest is not read, so its missing parentheses are no news. */
  private gaveUp(): boolean {
    return this.diagnostics.some(({ code }) => code === 'too_deep' || code === 'too_many_clauses')
  }

  private skipSpaces(): void {
    while (isSpace(this.text[this.at])) this.at++
  }

  private slice({ from, to }: Span): string {
    return this.text.slice(from, to)
  }

  private token(kind: TokenKind, from: number, to: number, field?: string): void {
    this.tokens.push(field === undefined ? { kind, from, to } : { kind, from, to, field })
  }

  private error(code: DiagnosticCode, from: number, to: number, message: string, hint: string): void {
    this.diagnostics.push({ severity: 'error', code, message, from, to, hint })
  }
}

const OPERATORS = [
  ['AND', 'AND'],
  ['OR', 'OR'],
  ['&&', 'AND'],
  ['||', 'OR'],
] as const

function combine(type: 'and' | 'or', items: readonly SearchNode[]): SearchNode {
  const first = items[0]!
  if (items.length === 1) return first
  return { type, items, span: { from: first.span.from, to: items.at(-1)!.span.to } }
}

function byteLength(text: string): number {
  if (text.length > MAX_BYTES) return text.length
  return text.length * 3 <= MAX_BYTES ? text.length : new TextEncoder().encode(text).length
}
