import { ClickHouseError } from '@clickhouse/client'
import { ProblemError } from '@/lib/api/problem-error'
import { compile, param, sql } from '@/lib/sql/fragment'
import { executeOne, textOf } from '@/server/clickhouse/execute'
import {
  checkUserSql,
  syntaxErrorPosition,
  toNormalise,
  type UserSqlKind,
} from '@/server/query/user-sql/check'
import { explainSyntaxError } from '@/server/query/user-sql/explain-error'
import type { ServiceContext } from '../context'

/**
 * Passes each text through the user-SQL guard.
 * @param whole the text that is the request's `query`: only in it do positions make sense to the caller
 * @returns text → checked SQL, to stand between parentheses
 * @throws ProblemError `sql_refused` or `sql_error`
 */
export async function checkExpressions(
  ctx: ServiceContext,
  texts: readonly string[],
  whole?: string,
): Promise<Map<string, string>> {
  const distinct = [...new Set(texts)]
  const checked = await Promise.all(
    distinct.map(async (text): Promise<[string, string]> => {
      const sqlText = await checkPersonSql(ctx, text, 'expression', text === whole)
      return [text, `(${sqlText})`]
    }),
  )
  return new Map(checked)
}

/** The normalised, checked form of one text; the engine's own parser does the normalising and runs nothing. */
export async function checkPersonSql(
  ctx: ServiceContext,
  text: string,
  kind: UserSqlKind,
  positioned: boolean,
): Promise<string> {
  const normalised = await normalise(ctx, text, kind, positioned)
  const verdict = checkUserSql(normalised, kind, text)
  if (verdict.ok) return verdict.sql
  throw problem(verdict.code, verdict.message, text, positioned ? verdict.position : undefined)
}

async function normalise(
  ctx: ServiceContext,
  text: string,
  kind: UserSqlKind,
  positioned: boolean,
): Promise<string> {
  const statement = compile(sql`SELECT formatQuerySingleLine(${param(toNormalise(text, kind), 'String')})`)
  const options = { signal: ctx.signal, author: 'person', tags: { query: 'normalise' } } as const
  try {
    return textOf((await executeOne(ctx.client, statement, options))?.[0])
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'sql_error') throw error
    const engine = error.cause instanceof ClickHouseError ? error.cause.message : error.message
    const at = syntaxErrorPosition(engine, kind)
    const mistake = explainSyntaxError(engine, text, at === undefined ? undefined : characterAt(text, at))
    const { message, hint, position } = mistake
    if (!positioned) throw problem('sql_error', message, text, undefined)
    throw new ProblemError('sql_error', message, { ...(position && { position }), ...(hint && { hint }) })
  }
}

function problem(code: 'sql_error' | 'sql_refused', message: string, text: string, at: number | undefined) {
  if (at === undefined) return new ProblemError(code, `${message} In: ${text.slice(0, 200)}`)
  return new ProblemError(code, message, { position: { from: at, to: wordEnd(text, at) } })
}

/** The engine counts bytes, the API UTF-16 units. */
function characterAt(text: string, byteOffset: number): number {
  return Buffer.from(text, 'utf8').subarray(0, byteOffset).toString('utf8').length
}

function wordEnd(text: string, at: number): number {
  const word = /^(\w+|\s*\S)/.exec(text.slice(at))?.[0].length ?? 0
  return Math.min(text.length, at + Math.max(word, 1))
}
