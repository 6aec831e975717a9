import { type Token, tokenize } from '@/server/query/user-sql/lexer'
import { EngineError } from './exception'
import { quoteString } from './sql-text'

/**
 * What the HTTP door has to know about a statement before it hands it to the engine. chDB is a local
 * client: it runs several statements in one text and writes files for INTO OUTFILE, which a server refuses.
 */

export interface Statement {
  readonly kind: 'select' | 'insert-select' | 'kill' | 'other'
  readonly sql: string
  /** Format of the answer, when the statement names it. */
  readonly format: string | null
  /** Where the FORMAT clause begins, or else the end of the last word: INTO OUTFILE may stand here. */
  readonly outfileAt: number
  /** The end of the last word: what follows are semicolons and comments. */
  readonly end: number
}

/** An INSERT whose data follows: its parts, and where in the text the data starts. */
export interface InsertHead {
  readonly kind: 'insert'
  /** `INSERT INTO t (a, b)` */
  readonly target: string
  /** `SETTINGS a = 1`, or empty. */
  readonly settings: string
  readonly format: string
  readonly dataAt: number
}

/** @throws EngineError as a server's parser would refuse it. */
export function readStatement(text: string): Statement {
  const tokens = tokenize(text)
  refuse(text, tokens)
  const first = tokens.find((token) => token.text !== '(')
  const inserts = first?.value === 'WITH' && follows(tokens, 'INSERT', 'INTO')
  const kind = inserts ? 'insert-select' : (KINDS[first?.value ?? ''] ?? 'other')
  const output = kind === 'insert-select' ? null : outputFormat(tokens)
  const end = tokens.findLast((token) => token.text !== ';')?.to ?? text.length
  return { kind, sql: text, format: output?.format ?? null, outfileAt: output?.from ?? end, end }
}

const KINDS: Readonly<Record<string, Statement['kind']>> = {
  SELECT: 'select',
  WITH: 'select',
  FROM: 'select',
  KILL: 'kill',
  INSERT: 'insert-select',
}

/** The statement, with its result written to a new file of ours instead. */
export function intoOutfile(statement: Statement, file: string, format: string): string {
  const { sql, outfileAt, end } = statement
  const clause = statement.format === null ? `FORMAT ${format}` : sql.slice(outfileAt, end)
  return `${sql.slice(0, outfileAt)}\nINTO OUTFILE ${quoteString(file)} COMPRESSION 'none' ${clause}`
}

/**
 * Reads the start of a text as an INSERT with data: up to FORMAT x or VALUES, what follows is not SQL.
 * Null when it is something else, or when the text may end too early to tell.
 */
export function readInsertHead(text: string): InsertHead | null {
  if (!mayInsert(text)) return null
  const tokens = tokenize(text)
  if (tokens[0]?.value !== 'INSERT') return null
  let depth = 0
  let settings: Token | null = null
  for (const [i, token] of tokens.entries()) {
    if (token.text === '(') depth++
    else if (token.text === ')') depth--
    if (depth > 0 || token.kind !== 'word') continue
    if (token.value === 'SELECT' || token.value === 'WITH' || token.value === 'INFILE') return null
    const next = tokens[i + 1]
    if (token.value === 'SETTINGS' && next?.kind === 'word') settings ??= token
    const format =
      token.value === 'VALUES'
        ? 'Values'
        : token.value === 'FORMAT' && next?.kind === 'word'
          ? next.text
          : null
    if (format === null || i < 2) continue
    return {
      kind: 'insert',
      target: text.slice(0, (settings ?? token).from).trimEnd(),
      settings: settings === null ? '' : text.slice(settings.from, token.from).trimEnd(),
      format,
      dataAt: token.value === 'VALUES' ? token.to : (next?.to ?? token.to),
    }
  }
  return null
}

/** Whether it pays to look closer: an INSERT, or a comment that may stand before one. */
export function mayInsert(text: string): boolean {
  return /^\s*(INSERT\b|--|#|\/\*)/i.test(text)
}

function refuse(text: string, tokens: readonly Token[]): void {
  if (tokens.length === 0) throw new EngineError(62, 'Syntax error: Empty query')
  const stop = tokens.findIndex((token) => token.text === ';')
  const after = tokens.slice(stop + 1).find((token) => token.text !== ';')
  if (stop >= 0 && after !== undefined) {
    const line = text.slice(0, after.from).split('\n').length
    const where = `position ${after.from + 1} (${after.text.slice(0, 40)}) (line ${line})`
    throw new EngineError(62, `Syntax error (Multi-statements are not allowed): failed at ${where}`)
  }
  if (follows(tokens, 'INTO', 'OUTFILE')) throw new EngineError(348, 'INTO OUTFILE is not allowed')
  if (tokens[0]?.value !== 'INSERT') return
  if (follows(tokens, 'FROM', 'INFILE')) {
    throw new EngineError(
      36,
      'FROM INFILE is not allowed over HTTP: send the data as the body of the request',
    )
  }
  if (follows(tokens, 'INPUT', '(')) {
    throw new EngineError(
      48,
      'INSERT … SELECT … FROM input() is not supported by the embedded engine',
      'NOT_IMPLEMENTED',
    )
  }
}

function follows(tokens: readonly Token[], value: string, next: string): boolean {
  return tokens.some((token, i) => token.value === value && tokens[i + 1]?.value === next)
}

/** The FORMAT clause stands at the end, followed by nothing but SETTINGS. */
function outputFormat(tokens: readonly Token[]): { format: string; from: number } | null {
  for (let i = tokens.length - 2; i >= 0; i--) {
    const clause = tokens[i]
    const name = tokens[i + 1]
    const next = tokens[i + 2]?.value
    const ends = next === undefined || next === ';' || next === 'SETTINGS'
    if (clause?.kind === 'word' && clause.value === 'FORMAT' && name?.kind === 'word' && ends)
      return { format: name.text, from: clause.from }
  }
  return null
}
