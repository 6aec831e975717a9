import type { Diagnostic, DiagnosticCode, SearchToken, Span, TokenKind } from './ast'
import { isLonePunctuation, isSpace } from './characters'
import { bareEnd, fieldColon, readQuoted } from './scan'

export interface Operator {
  readonly kind: 'AND' | 'OR'
  readonly span: Span
}

const OPERATORS = [
  ['AND', 'AND'],
  ['OR', 'OR'],
  ['&&', 'AND'],
  ['||', 'OR'],
] as const

/** A position in the text, and what was found on the way: tokens and mistakes. */
export class Cursor {
  at = 0
  readonly diagnostics: Diagnostic[] = []
  readonly tokens: SearchToken[] = []

  constructor(readonly text: string) {}

  get char(): string | undefined {
    return this.text[this.at]
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  skipSpaces(): void {
    while (isSpace(this.text[this.at])) this.at++
  }

  slice({ from, to }: Span): string {
    return this.text.slice(from, to)
  }

  token(kind: TokenKind, from: number, to: number, field?: string): void {
    this.tokens.push(field === undefined ? { kind, from, to } : { kind, from, to, field })
  }

  error(code: DiagnosticCode, from: number, to: number, message: string, hint: string): void {
    this.diagnostics.push({ severity: 'error', code, message, from, to, hint })
  }

  /** AND, OR, `&&`, `||` as an operator, not as the start of a word. */
  readOperator(): Operator | null {
    for (const [word, kind] of OPERATORS) {
      const span = this.readWord(word)
      if (span) return { kind, span }
    }
    return null
  }

  readWord(word: string): Span | null {
    const from = this.at
    if (!this.text.startsWith(word, from) || bareEnd(this.text, from) !== from + word.length) return null
    this.at = from + word.length
    this.token('operator', from, this.at)
    return { from, to: this.at }
  }

  /** `-`, `!` or `+` in front of something; alone (`a - b`) or among other punctuation (`->`) it is text. */
  readPrefix(): Span | null {
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

  quoted(field: string | undefined): string {
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

  missingValue(from: number, to: number, name: string): void {
    // `Error: boom` is mostly pasted text: show it quoted.
    const rest = /^[^\n"()]*/.exec(this.text.slice(to))![0].trimEnd().slice(0, 60)
    const quoted = `"${this.text.slice(from, to)}${rest}"`
    const hint = `Add a value right behind it, or quote it to search for the text: ${quoted}`
    this.error('missing_value', from, to, `The field ${name} has no value.`, hint)
  }
}
