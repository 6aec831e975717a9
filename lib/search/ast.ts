/** The tree that the search language parses to. Spans are UTF-16 offsets into the text, `[from, to)`. */

export interface Span {
  readonly from: number
  readonly to: number
}

/** `*` is any number of characters, `?` exactly one. */
export interface Wildcard {
  readonly wild: '*' | '?'
}

/** Literal pieces and wildcards in turn; never two literals or two `*` in a row, never empty. */
export type Glob = readonly (string | Wildcard)[]

export type CompareOperator = '>' | '>=' | '<' | '<=' | '='

export type Value =
  | { readonly type: 'text'; readonly glob: Glob; readonly span: Span }
  | { readonly type: 'quoted'; readonly text: string; readonly span: Span }
  | { readonly type: 'exists'; readonly span: Span }
  | { readonly type: 'regex'; readonly pattern: string; readonly span: Span }
  | {
      readonly type: 'compare'
      readonly operator: CompareOperator
      readonly bound: string
      readonly span: Span
    }
  | {
      readonly type: 'range'
      /** null: open. */
      readonly low: string | null
      readonly high: string | null
      readonly includeLow: boolean
      readonly includeHigh: boolean
      readonly span: Span
    }

export interface FieldNode {
  readonly type: 'field'
  readonly name: string
  readonly nameSpan: Span
  readonly value: Value
  readonly span: Span
}

/** `Field:(a b)` is spread over its items: the tree has one field node for each. */
export type SearchNode =
  | { readonly type: 'and'; readonly items: readonly SearchNode[]; readonly span: Span }
  | { readonly type: 'or'; readonly items: readonly SearchNode[]; readonly span: Span }
  | { readonly type: 'not'; readonly item: SearchNode; readonly span: Span }
  /** Everything: the empty query, or a lone `*`. */
  | { readonly type: 'all'; readonly span: Span }
  /** A bare word, phrase or pattern for the default column. */
  | { readonly type: 'text'; readonly glob: Glob; readonly span: Span }
  | { readonly type: 'phrase'; readonly text: string; readonly span: Span }
  | FieldNode

export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly code: DiagnosticCode
  readonly message: string
  readonly from: number
  readonly to: number
  /** What to do about it. */
  readonly hint?: string
}

export type DiagnosticCode =
  | 'leading_operator'
  | 'trailing_operator'
  | 'doubled_operator'
  | 'empty_group'
  | 'unclosed_quote'
  | 'unclosed_group'
  | 'unclosed_range'
  | 'stray_parenthesis'
  | 'missing_value'
  | 'bad_regex'
  | 'bad_range'
  | 'bad_unit'
  | 'bad_value'
  | 'unsupported_type'
  | 'unknown_field'
  | 'too_long'
  | 'too_deep'
  | 'too_many_clauses'

export type TokenKind =
  | 'field'
  | 'colon'
  | 'operator'
  | 'text'
  | 'wildcard'
  | 'quoted'
  | 'regex'
  | 'compare'
  | 'range'
  | 'parenthesis'

/** A piece of the text for highlighting and completion, in order, never overlapping. */
export interface SearchToken extends Span {
  readonly kind: TokenKind
  /** The field whose value this is part of. */
  readonly field?: string
}

export const MAX_BYTES = 64 * 1024
export const MAX_DEPTH = 64
export const MAX_CLAUSES = 512
