import { findRefusal, type Refusal } from './forbidden'
import { type Token, tokenize } from './lexer'
import { checkExpressionShape, checkStatementShape } from './shape'

/**
 * The guard for SQL that a person wrote. It looks at the text that ClickHouse's own parser printed
 * (`SELECT formatQuerySingleLine({q:String})` with q from `toNormalise`): one statement, no comments, no
 * spelling tricks. That very text, `sql` of the answer, is what may run, as role viewer and read-only.
 */

export type UserSqlKind = 'statement' | 'expression'

export type UserSqlCheck =
  | { readonly ok: true; readonly sql: string }
  | {
      readonly ok: false
      readonly code: 'sql_refused' | 'sql_error'
      readonly message: string
      /** Offset in the text as the person wrote it, when `original` was given and the word was found there. */
      readonly position?: number
    }

const EXPRESSION_PREFIX = 'SELECT '

/**
 * What to bind as q for normalising. An expression becomes a whole select list and never stands between
 * parentheses of ours, so that there is nothing to break out of: `1) OR (1=1` is a syntax error.
 */
export function toNormalise(text: string, kind: UserSqlKind): string {
  return kind === 'statement' ? text : `${EXPRESSION_PREFIX}${text}\n`
}

/**
 * Checks a normalised text. For an expression, `sql` of the answer is the expression alone: one value,
 * without alias, to be put between parentheses.
 */
export function checkUserSql(normalised: string, kind: UserSqlKind, original?: string): UserSqlCheck {
  const tokens = tokenize(normalised)
  const broken = tokens.find((token) => token.kind === 'error')
  if (broken !== undefined || tokens.length === 0) {
    return { ok: false, code: 'sql_error', message: 'The SQL is empty or has a quote or comment without end' }
  }
  const refusal =
    (kind === 'statement' ? checkStatementShape(tokens) : checkExpressionShape(tokens)) ?? findRefusal(tokens)
  if (refusal !== null) return refused(refusal, original)
  return { ok: true, sql: kind === 'statement' ? normalised : normalised.slice(tokens[1]?.from ?? 0).trim() }
}

/** Where in the person's text ClickHouse saw a syntax error (offset from 0), from the exception's message. */
export function syntaxErrorPosition(message: string, kind: UserSqlKind): number | undefined {
  const match = /failed at position (\d+)/.exec(message)
  if (match === null) return undefined
  const shift = kind === 'expression' ? EXPRESSION_PREFIX.length : 0
  return Math.max(0, Number(match[1]) - 1 - shift)
}

function refused({ code, message, token }: Refusal, original: string | undefined): UserSqlCheck {
  const position = original === undefined || token === null ? undefined : findIn(original, token)
  return { ok: false, code, message, ...(position === undefined ? {} : { position }) }
}

function findIn(original: string, token: Token): number | undefined {
  return tokenize(original).find((other) => nameOf(other) === nameOf(token))?.from
}

function nameOf(token: Token): string {
  return token.value.toLowerCase()
}
