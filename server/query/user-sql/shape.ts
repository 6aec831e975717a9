import { type Refusal, refuse } from './forbidden'
import type { Token } from './lexer'

/** Only statements that read: SELECT, and what tells about tables and queries. */
export function checkStatementShape(tokens: readonly Token[]): Refusal | null {
  const [first, second, third] = tokens
  switch (first?.kind === 'word' ? first.value : '') {
    case 'SELECT':
    case 'WITH':
      return checkParallel(tokens)
    case 'EXPLAIN':
      return checkExplain(tokens)
    case 'SHOW':
      return checkShow(tokens)
    case 'DESCRIBE':
      if (second?.value !== 'TABLE') return onlyReading(first ?? null)
      if (third?.text === '(') return checkParallel(tokens)
      return tokens.some((token) => token.text === '(') || tokens.length > 6
        ? refuse('DESCRIBE is allowed for plain tables and subqueries only', first ?? null)
        : checkSystemName(tokens, 2)
    default:
      return onlyReading(first ?? null)
  }
}

/** One value: no list, no alias, no clause, no star. */
export function checkExpressionShape(tokens: readonly Token[]): Refusal | null {
  if (tokens[0]?.value !== 'SELECT' || tokens.length < 2) return notOneValue(tokens[0] ?? null)
  const subquery: boolean[] = [false]
  for (const [i, token] of tokens.entries()) {
    if (i === 0) continue
    const next = tokens[i + 1]
    if (
      token.kind === 'symbol' &&
      token.text === '{' &&
      next?.kind === 'word' &&
      tokens[i + 2]?.text === ':'
    ) {
      // It would take a value of the statement that the expression becomes a part of.
      return { code: 'sql_error', message: 'Parameters are not possible here: write the value itself', token }
    }
    if (token.text === '(')
      subquery.push(next?.value === 'SELECT' || next?.value === 'WITH' || subquery.at(-1) === true)
    else if (token.text === ')') subquery.pop()
    const depth = subquery.length - 1
    if (depth < 0) return notOneValue(token)
    if (subquery.at(-1) === true) continue
    if (token.kind === 'word' && token.text === 'AS') {
      return {
        code: 'sql_error',
        message: 'An alias (AS) is not possible here: write the expression alone',
        token,
      }
    }
    if (depth > 0) continue
    if (token.text === ',' && insideBrackets(tokens, i) === 0) return notOneValue(token)
    if (token.kind === 'word' && token.text === token.value && isClause(tokens, i)) return notOneValue(token)
    if (token.text === '*' && (i === 1 || tokens[i - 1]?.text === '.')) return notOneValue(token)
    if (token.value === 'COLUMNS' && next?.text === '(') return notOneValue(token)
  }
  return null
}

const CLAUSES = new Set(
  'FROM WHERE PREWHERE GROUP ORDER HAVING LIMIT OFFSET FETCH UNION INTERSECT EXCEPT WINDOW QUALIFY ARRAY LEFT INNER SETTINGS FORMAT INTO PARALLEL DISTINCT APPLY REPLACE SELECT WITH'.split(
    ' ',
  ),
)

const ALSO_FUNCTIONS = new Set(['REPLACE', 'FORMAT', 'LEFT', 'ARRAY'])

/** A clause's word is followed by something that an identifier of that name could not be followed by. */
function isClause(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i]
  const next = tokens[i + 1]
  if (token === undefined || !CLAUSES.has(token.value)) return false
  if (tokens[i - 1]?.text === '.' || (token.value !== 'SELECT' && next === undefined)) return false
  if (next?.text === '(' && ALSO_FUNCTIONS.has(token.value)) return tokens[i - 1]?.text === '*'
  if (token.value === 'FROM' || token.value === 'DISTINCT') return !isDistinctFrom(tokens, i)
  return true
}

function isDistinctFrom(tokens: readonly Token[], i: number): boolean {
  const at = tokens[i]?.value === 'FROM' ? i - 1 : i
  const is = tokens[at - 1]?.value
  return tokens[at]?.value === 'DISTINCT' && (is === 'IS' || is === 'NOT') && tokens[at + 1]?.value === 'FROM'
}

/** How deep in [] or {} the token is. */
function insideBrackets(tokens: readonly Token[], i: number): number {
  let depth = 0
  for (let j = 0; j < i; j++) {
    const text = tokens[j]?.kind === 'symbol' ? tokens[j]?.text : ''
    if (text === '[' || text === '{') depth++
    else if (text === ']' || text === '}') depth--
  }
  return depth
}

const EXPLAINABLE = new Set(['AST', 'SYNTAX', 'QUERY', 'TREE', 'PLAN', 'PIPELINE', 'ESTIMATE'])

/** EXPLAIN [kind] [option = value, …] SELECT … */
function checkExplain(tokens: readonly Token[]): Refusal | null {
  let i = 1
  while (EXPLAINABLE.has(tokens[i]?.value ?? '')) i++
  while (tokens[i]?.kind === 'word' && tokens[i + 1]?.text === '=') {
    i += 3
    if (tokens[i]?.text === ',') i++
  }
  const explained = tokens[i]
  if (explained?.value === 'SELECT' || explained?.value === 'WITH') return checkParallel(tokens)
  return refuse('EXPLAIN is allowed for SELECT only', explained ?? tokens[0] ?? null)
}

const SHOWABLE = /^(FULL )?(TABLES|COLUMNS|INDEXES)$|^(DATABASES|FUNCTIONS|CREATE TABLE|CREATE VIEW)$/

function checkShow(tokens: readonly Token[]): Refusal | null {
  const words = tokens.slice(1, 3).map((token) => token.value)
  const allowed = SHOWABLE.test(words[0] ?? '') || SHOWABLE.test(words.join(' '))
  if (!allowed)
    return refuse(
      'Only SHOW TABLES, COLUMNS, INDEXES, DATABASES, FUNCTIONS and CREATE TABLE are allowed',
      tokens[1] ?? null,
    )
  return null
}

function checkSystemName(tokens: readonly Token[], at: number): Refusal | null {
  const name = tokens[at]
  return name !== undefined && /^system$/i.test(name.value) && tokens[at + 1]?.text === '.'
    ? refuse('Tables of system are not described here', name)
    : null
}

/** `a PARALLEL WITH b` runs statements side by side. */
function checkParallel(tokens: readonly Token[]): Refusal | null {
  const at = tokens.findIndex((token, i) => token.text === 'PARALLEL' && tokens[i + 1]?.value === 'WITH')
  return at < 0 ? null : onlyReading(tokens[at] ?? null)
}

function onlyReading(token: Token | null): Refusal {
  return refuse(
    'Only one reading statement is allowed: SELECT, WITH … SELECT, EXPLAIN SELECT, SHOW or DESCRIBE',
    token,
  )
}

function notOneValue(token: Token | null): Refusal {
  return {
    code: 'sql_error',
    message: 'Exactly one expression is expected here: no list, no *, and no clause after it',
    token,
  }
}
