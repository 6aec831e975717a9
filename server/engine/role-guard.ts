import { findForbiddenName } from '@/server/query/user-sql/forbidden'
import { tokenize } from '@/server/query/user-sql/lexer'
import { EngineError } from './exception'
import type { InsertHead, Statement } from './statement'

const READING = new Set(['SELECT', 'WITH', 'FROM', 'EXPLAIN', 'SHOW', 'DESCRIBE', 'DESC', 'EXISTS'])

/**
 * A request under a role comes from a person's SQL. What grants cannot forbid is refused here once more,
 * whether or not the caller has looked: scalar functions like file() need no grant, and SET ROLE, KILL
 * and SYSTEM work in read-only mode.
 */
export function refuseForRole(statement: Statement | InsertHead): void {
  const tokens = statement.kind === 'insert' ? [] : tokenize(statement.sql)
  const first = tokens.find((token) => token.text !== '(')
  if (first === undefined || !READING.has(first.value)) {
    throw new EngineError(
      497,
      'default: Not enough privileges. Under a role only reading statements are allowed',
    )
  }
  const refusal = findForbiddenName(tokens)
  if (refusal !== null) throw new EngineError(497, `default: Not enough privileges. ${refusal.message}`)
}
