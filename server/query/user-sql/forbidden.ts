import type { Token } from './lexer'
import { isAllowedSystemTable, isAllowedTableFunction, isForbiddenFunction, isSourceFunction } from './names'

export interface Refusal {
  readonly code: 'sql_refused' | 'sql_error'
  readonly message: string
  /** The word that was refused. */
  readonly token: Token | null
}

export function refuse(message: string, token: Token | null): Refusal {
  return { code: 'sql_refused', message, token }
}

/** One open parenthesis: whose arguments it holds, and whether a list of tables is being read inside. */
interface Frame {
  readonly call: string | null
  tables: boolean
}

const ENDS_TABLES = new Set(
  'WHERE PREWHERE GROUP ORDER HAVING LIMIT UNION INTERSECT EXCEPT SELECT WITH WINDOW QUALIFY OFFSET ON USING SETTINGS FORMAT SAMPLE'.split(
    ' ',
  ),
)
/** These take functions by name (`arrayMap(file, …)`), so a forbidden name inside them is a call. */
const HIGHER_ORDER = /^(array|map)/i

/** Looks at every word of a normalised text; what is inside strings is no word. */
export function findRefusal(tokens: readonly Token[]): Refusal | null {
  return walk(tokens, true)
}

/** Only the names: for the door of the engine, where FORMAT and SETTINGS are the caller's own. */
export function findForbiddenName(tokens: readonly Token[]): Refusal | null {
  return walk(tokens, false)
}

function walk(tokens: readonly Token[], clauses: boolean): Refusal | null {
  const frames: Frame[] = [{ call: null, tables: false }]
  for (const [i, token] of tokens.entries()) {
    const frame = frames.at(-1) ?? { call: null, tables: false }
    if (token.kind === 'symbol') {
      if (token.text === '(') {
        const before = tokens[i - 1]
        frames.push({ call: before !== undefined && isName(before) ? before.value : null, tables: false })
      } else if (token.text === ')') frames.pop()
      else if (token.text === '{' && isIdentifierParameter(tokens, i)) {
        return refuse('Parameters of type Identifier are not allowed: write the name itself', token)
      }
      continue
    }
    if (!isName(token)) continue
    const refusal = (clauses ? refuseClause(tokens, i) : null) ?? refuseName(tokens, i, frames, frame)
    if (refusal !== null) return refusal
    if (token.kind !== 'word') continue
    if (token.value === 'FROM' || token.value === 'JOIN') frame.tables = startsTables(tokens, i)
    else if (ENDS_TABLES.has(token.value)) frame.tables = false
  }
  return null
}

/** Clauses that write files, change settings or the format; the caller of the guard sets these. */
function refuseClause(tokens: readonly Token[], i: number): Refusal | null {
  const token = tokens[i]
  const next = tokens[i + 1]
  if (token?.kind !== 'word') return null
  if (token.value === 'INTO' && next?.value === 'OUTFILE') {
    return refuse('INTO OUTFILE is not allowed: a query here only reads', token)
  }
  if (token.text === 'SETTINGS' && next?.kind === 'word' && tokens[i + 2]?.text === '=') {
    return refuse('A SETTINGS clause is not allowed here', token)
  }
  if (
    token.text === 'FORMAT' &&
    next?.kind === 'word' &&
    [undefined, ')', 'SETTINGS'].includes(tokens[i + 2]?.text)
  ) {
    return refuse('A FORMAT clause is not allowed here: the answer has its own format', token)
  }
  return null
}

function refuseName(
  tokens: readonly Token[],
  i: number,
  frames: readonly Frame[],
  frame: Frame,
): Refusal | null {
  const token = tokens[i]
  if (token === undefined) return null
  const name = token.kind === 'word' ? token.text : token.value
  const before = tokens[i - 1]
  const next = tokens[i + 1]
  const isCall = next?.text === '('
  const qualified = before?.text === '.'
  if (name.toLowerCase() === 'system' && next?.text === '.' && !qualified) {
    const table = tokens[i + 2]
    const tableName = table?.kind === 'word' ? table.text : table?.value
    const asTable = frame.tables || before?.value === 'IN'
    if (asTable && tableName !== undefined && !isAllowedSystemTable(tableName)) {
      return refuse(`The table system.${tableName} is not readable here`, token)
    }
  }
  if (
    isCall &&
    !qualified &&
    frame.tables &&
    (before?.value === 'FROM' || before?.value === 'JOIN' || before?.text === ',')
  ) {
    if (!isAllowedTableFunction(name)) return refuse(`The table function ${name} is not allowed here`, token)
    return null
  }
  if (isCall && isSourceFunction(name))
    return refuse(`The function ${name} is not allowed here: it reaches outside the database`, token)
  if (!isForbiddenFunction(name) || qualified) return null
  const byName =
    before?.value === 'APPLY' || frames.some((open) => open.call !== null && HIGHER_ORDER.test(open.call))
  if (isCall || byName) return refuse(`The function ${name} is not allowed here`, token)
  return null
}

/** Not in IS DISTINCT FROM, WITH FILL FROM and ARRAY JOIN, which take values. */
function startsTables(tokens: readonly Token[], i: number): boolean {
  return !['DISTINCT', 'FILL', 'ARRAY'].includes(tokens[i - 1]?.value ?? '')
}

function isIdentifierParameter(tokens: readonly Token[], i: number): boolean {
  return tokens[i + 2]?.text === ':' && tokens[i + 3]?.value === 'IDENTIFIER'
}

function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'quoted'
}
