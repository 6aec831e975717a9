import { ClickHouseError } from '@clickhouse/client'
import type { ProblemCode } from '@/lib/api/problem'
import { ProblemError } from '@/lib/api/problem-error'
import { explainSqlError } from '@/server/query/user-sql/explain-error'

/** Who wrote the statement: the text of an error in a person's SQL is shown to that person, ours is not. */
export type SqlAuthor = 'product' | 'person'

/** ClickHouse error codes that mean the same whoever wrote the statement. */
const BY_CODE: Readonly<
  Record<number, { readonly code: ProblemCode; readonly message: string; readonly hint?: string }>
> = {
  159: tooSlow(),
  160: tooSlow(),
  209: tooSlow(),
  394: { code: 'query_timeout', message: 'The query was cancelled.' },
  241: outOfMemory(),
  173: outOfMemory(),
  158: tooLarge(),
  161: tooLarge(),
  167: tooLarge(),
  168: tooLarge(),
  191: tooLarge(),
  306: tooLarge(),
  307: tooLarge(),
  396: tooLarge(),
  202: unavailable('The engine has too many queries at once.'),
  193: unavailable('The engine refused the password.', 'Check CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.'),
  194: unavailable('The engine refused the password.', 'Check CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.'),
  516: unavailable('The engine refused the user.', 'Check CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.'),
  81: unavailable('The database does not exist.', 'Check CLICKHOUSE_DATABASE.'),
  // A table or column went away since its description was read.
  60: { code: 'not_found', message: 'The table does not exist (any more).' },
}

/** Codes that mean "not allowed" when a person's SQL runs into them. */
const REFUSED: ReadonlySet<number> = new Set([164, 392, 446, 452, 472, 479, 482, 497])

const NETWORK: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
])

export interface FailedStatement {
  /** For display. */
  readonly shownSql?: string
  /** The search that it was made of. */
  readonly searchText?: string | undefined
}

/** ClickHouse's own numbers decide, never the words of a message. */
export function toProblem(error: unknown, author: SqlAuthor, statement: FailedStatement = {}): unknown {
  if (error instanceof ProblemError) return error
  const { shownSql, searchText } = statement
  const sql = shownSql === undefined ? {} : { sql: shownSql }
  if (error instanceof ClickHouseError) {
    if (author === 'product' && Number(error.code) === CANNOT_COMPILE_REGEXP && searchText)
      return patternTooLarge(searchText, error)
    return fromEngine(error, author, sql, searchText)
  }
  if (!(error instanceof Error)) return error
  if (error.message === CLIENT_TIMEOUT)
    return new ProblemError('query_timeout', tooSlow().message, sql, { cause: error })
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (NETWORK.has(code)) {
    return new ProblemError(
      'engine_unavailable',
      'The engine does not answer.',
      { hint: 'It may be restarting: try again in a moment.', retryAfterSeconds: 1 },
      { cause: error },
    )
  }
  return error
}

/** The language checks syntax; how large a program a pattern becomes, only RE2 knows. */
const CANNOT_COMPILE_REGEXP = 427

function patternTooLarge(searchText: string, cause: ClickHouseError): ProblemError {
  const details = {
    position: { from: 0, to: searchText.length },
    hint: 'Use fewer repetitions and wildcards, or smaller classes of characters.',
  }
  return new ProblemError('search_syntax', 'A pattern of this search is too large to run.', details, {
    cause,
  })
}

/** The client gives this error no code of its own. */
const CLIENT_TIMEOUT = 'Timeout error.'

function fromEngine(
  error: ClickHouseError,
  author: SqlAuthor,
  sql: { sql?: string },
  searchText: string | undefined,
): unknown {
  const number = Number(error.code)
  const known = BY_CODE[number]
  if (author === 'person' && (known === undefined || number === 60 || number === 81)) {
    const refused = REFUSED.has(number)
    const { message, ...where } = explainSqlError(number, readable(error.message), searchText)
    return new ProblemError(
      refused ? 'sql_refused' : 'sql_error',
      message,
      { ...sql, ...where },
      { cause: error },
    )
  }
  if (!known) return error
  const retry = known.code === 'engine_unavailable' ? { retryAfterSeconds: 2 } : {}
  const hint = known.hint === undefined ? {} : { hint: known.hint }
  return new ProblemError(known.code, known.message, { ...sql, ...hint, ...retry }, { cause: error })
}

/** ClickHouse's sentence without the parts that speak of its insides. */
function readable(message: string): string {
  const text = message
    .replace(/\s*\(version [^)]*\)\s*/g, ' ')
    .replace(/[.:,]?\s+in (?:scope|query):? (?:SELECT|WITH)\b[\s\S]*?(?=\. Maybe you meant|$)/i, '')
    .replace(/[.:,]?\s+while (?:processing|executing) [\s\S]*$/i, '')
    .trim()
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text
}

function tooSlow() {
  return {
    code: 'query_timeout' as const,
    message: 'The query took longer than it may.',
    hint: 'Choose a shorter time range or add a filter, such as a service.',
  }
}

function outOfMemory() {
  return {
    code: 'query_memory' as const,
    message: 'The query needs more memory than it may use.',
    hint: 'Choose a shorter time range, fewer groups or fewer columns.',
  }
}

function tooLarge() {
  return {
    code: 'query_too_large' as const,
    message: 'The query or its result is larger than allowed.',
    hint: 'Ask for fewer rows, groups or clauses, or a shorter time range.',
  }
}

function unavailable(message: string, hint = 'Try again in a moment.') {
  return { code: 'engine_unavailable' as const, message, hint }
}
