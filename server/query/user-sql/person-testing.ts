import { checkUserSql, toNormalise, type UserSqlKind } from './check'

interface Engine {
  readonly url: string
}

export interface Outcome {
  readonly how: 'refused' | 'failed' | 'ran'
  readonly text: string
}

const VIEWER = { role: 'viewer', readonly: '1', max_execution_time: '5', default_format: 'JSONCompact' }

export async function post(
  engine: Engine,
  sql: string,
  params: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const url = `${engine.url}/?${new URLSearchParams(params).toString()}`
  const response = await fetch(url, { method: 'POST', body: sql })
  return { status: response.status, text: await response.text() }
}

/** The way of the API: ClickHouse prints the statement, the guard looks at it, a viewer runs it. */
export async function asPerson(engine: Engine, text: string, kind: UserSqlKind): Promise<Outcome> {
  const normalised = await post(engine, 'SELECT formatQuerySingleLine({q:String}) FORMAT TSVRaw', {
    param_q: toNormalise(text, kind).replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t'),
  })
  if (normalised.status !== 200) return { how: 'failed', text: normalised.text }
  const check = checkUserSql(normalised.text.replace(/\n$/, ''), kind, text)
  if (!check.ok) return { how: 'refused', text: check.message }
  const sql = kind === 'statement' ? check.sql : `SELECT a FROM t WHERE (${check.sql}) LIMIT 3`
  const answer = await post(engine, sql, VIEWER)
  return { how: answer.status === 200 ? 'ran' : 'failed', text: answer.text }
}

export async function createTestTable(engine: Engine): Promise<void> {
  await post(
    engine,
    'CREATE TABLE t (a UInt64, s String, file String, m Map(String, String), tags Array(String), ts DateTime64(9)) ENGINE = MergeTree ORDER BY a',
  )
  await post(
    engine,
    "INSERT INTO t SELECT number, concat('row ', toString(number)), 'f', map('user.id', toString(number)), ['x', 'y'], toDateTime64('2026-11-20 09:00:00', 9) + number FROM numbers(10)",
  )
}
