import { type Token, tokenize } from '@/server/query/user-sql/lexer'

/**
 * What the HTTP door has to know about a statement before it hands it to the engine. chDB is a local
 * client: it runs several statements in one text and writes files for INTO OUTFILE, which a server refuses.
 */

export interface Statement {
  /** `insert` comes with data, `insert-select` finds its own. */
  readonly kind: 'select' | 'insert' | 'insert-select' | 'kill' | 'other'
  readonly sql: string
  /** Format named by the statement itself: of the answer, or of the data of an INSERT. */
  readonly format: string | null
  /** For an INSERT with data: where the data starts in the text (after FORMAT x or VALUES). */
  readonly dataAt: number | null
}

export interface Refusal {
  readonly code: number
  readonly message: string
}

export function readStatement(text: string): Statement | Refusal {
  const head = /^[\s(]*(?:INSERT|WITH|--|#|\/\*)/i.test(text) ? readInsert(text) : null
  if (head !== null) return head
  const tokens = tokenize(text)
  const refusal = refuse(text, tokens)
  if (refusal !== null) return refusal
  const first = tokens.find((t) => t.value !== '(')
  return { kind: KINDS[first?.value ?? ''] ?? 'other', sql: text, format: outputFormat(tokens), dataAt: null }
}

const KINDS: Readonly<Record<string, Statement['kind']>> = {
  SELECT: 'select',
  WITH: 'select',
  FROM: 'select',
  KILL: 'kill',
}

/** An INSERT is read only up to its data: what follows is not SQL. */
function readInsert(text: string): Statement | Refusal | null {
  const window = text.length > INSERT_HEAD ? text.slice(0, INSERT_HEAD) : text
  const tokens = tokenize(window)
  if (tokens[0]?.value !== 'INSERT') return null
  let depth = 0
  for (const [i, token] of tokens.entries()) {
    if (token.value === '(') depth++
    else if (token.value === ')') depth--
    if (depth > 0 || token.kind !== 'word') continue
    if (token.value === 'VALUES') {
      return { kind: 'insert', sql: text, format: 'Values', dataAt: token.to }
    }
    const next = tokens[i + 1]
    if (token.value === 'FORMAT' && next?.kind === 'word') {
      if (tokens.some((t, j) => j < i && t.value === 'INFILE')) return INFILE
      return { kind: 'insert', sql: text, format: next.text, dataAt: next.to }
    }
    if (token.value === 'INFILE') return INFILE
    if (token.value === 'SELECT' || token.value === 'WITH' || token.value === 'WATCH') {
      // INSERT … SELECT … FROM input(…) FORMAT x still takes data.
      const all = tokenize(text)
      const at = all.findIndex(
        (t, j) => t.value === 'FORMAT' && t.kind === 'word' && all[j + 1]?.kind === 'word',
      )
      const usesInput = all.some((t, j) => t.value === 'INPUT' && all[j + 1]?.value === '(')
      const format = all[at + 1]
      if (usesInput && at >= 0 && format !== undefined) {
        return { kind: 'insert', sql: text, format: format.text, dataAt: format.to }
      }
      return refuse(text, all) ?? { kind: 'insert-select', sql: text, format: null, dataAt: null }
    }
  }
  return refuse(window, tokens) ?? { kind: 'insert', sql: text, format: null, dataAt: window.length }
}

const INSERT_HEAD = 64 * 1024

const INFILE: Refusal = {
  code: 36,
  message: 'FROM INFILE is not allowed over HTTP: send the data as the body of the request',
}

function refuse(text: string, tokens: readonly Token[]): Refusal | null {
  if (tokens.length === 0) return { code: 62, message: 'Syntax error: Empty query' }
  const stop = tokens.findIndex((t) => t.value === ';' && t.kind === 'symbol')
  const after = tokens.slice(stop + 1).find((t) => t.value !== ';')
  if (stop >= 0 && after !== undefined) {
    const line = text.slice(0, after.from).split('\n').length
    return {
      code: 62,
      message: `Syntax error (Multi-statements are not allowed): failed at position ${after.from + 1} (${after.text.slice(0, 40)}) (line ${line})`,
    }
  }
  if (tokens.some((t, i) => t.value === 'INTO' && tokens[i + 1]?.value === 'OUTFILE')) {
    return { code: 348, message: 'INTO OUTFILE is not allowed' }
  }
  return null
}

/** The FORMAT clause stands at the end, followed by nothing but SETTINGS. */
function outputFormat(tokens: readonly Token[]): string | null {
  for (let i = tokens.length - 2; i >= 0; i--) {
    const name = tokens[i + 1]
    const next = tokens[i + 2]?.value
    if (
      tokens[i]?.value === 'FORMAT' &&
      name?.kind === 'word' &&
      (next === undefined || next === ';' || next === 'SETTINGS')
    ) {
      return name.text
    }
  }
  return null
}
