import { randomUUID } from 'node:crypto'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from './testing'

let engine: TestEngine
let client: ClickHouseClient

beforeAll(async () => {
  engine = await startTestEngine()
  client = createClient({ url: engine.url, max_open_connections: 20, log: { level: 127 } })
  await client.command({ query: 'CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a' })
  await client.command({ query: 'INSERT INTO t SELECT number FROM numbers(1000)' })
})
afterAll(async () => {
  await client.close()
  await engine.stop()
})

/** Takes minutes unless something stops it. */
const SLOW = 'SELECT count() FROM numbers(1000000000000) WHERE cityHash64(number) = 7'

async function ask(sql: string, settings: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${engine.url}/?${new URLSearchParams(settings).toString()}`, {
    method: 'POST',
    body: sql,
  })
  return (await response.text()).trim()
}

async function runningQueries(part: string): Promise<number> {
  return Number(
    await ask(
      `SELECT count() FROM system.processes WHERE query LIKE '%${part}%' AND query NOT LIKE '%system.processes%'`,
    ),
  )
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('did not happen within 10 s')
  }
}

test('queries run in parallel', async () => {
  const slow = fetch(`${engine.url}/?max_execution_time=2`, { method: 'POST', body: SLOW })
  const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => ask(`SELECT ${i} + sum(a) FROM t`)))
  expect(answers).toEqual(Array.from({ length: 30 }, (_, i) => String(i + 499500)))
  const stopped = await slow
  expect(stopped.headers.get('x-clickhouse-exception-code')).toBe('159')
  expect(stopped.status).toBe(408)
})

test('a client that hangs up has its query killed', async () => {
  const abort = new AbortController()
  const query = fetch(engine.url, {
    method: 'POST',
    body: SLOW.replace('7', '8'),
    signal: abort.signal,
  }).catch(() => 'gone')
  await until(async () => (await runningQueries('= 8')) === 1)
  abort.abort()
  expect(await query).toBe('gone')
  await until(async () => (await runningQueries('= 8')) === 0)
})

test('a client that hangs up in the middle of a result has its query killed', async () => {
  const abort = new AbortController()
  const response = await fetch(engine.url, {
    method: 'POST',
    body: "SELECT number, repeat('x', 100) FROM numbers(100000000000)",
    signal: abort.signal,
  })
  const reader = response.body?.getReader()
  await reader?.read()
  abort.abort()
  await until(async () => (await runningQueries('repeat')) === 0)
})

test('KILL QUERY knows the ids of the clients', async () => {
  const id = randomUUID()
  const slow = fetch(`${engine.url}/?query_id=${id}`, { method: 'POST', body: SLOW.replace('7', '9') })
  await until(async () => (await runningQueries('= 9')) === 1)
  const twin = await fetch(`${engine.url}/?query_id=${id}`, { method: 'POST', body: 'SELECT 1' })
  expect(twin.headers.get('x-clickhouse-exception-code')).toBe('216')
  await client.command({ query: `KILL QUERY WHERE query_id = '${id}' SYNC` })
  expect((await slow).headers.get('x-clickhouse-exception-code')).toBe('394')
})

test('settings, parameters, databases and temporary tables end with their request', async () => {
  const settings = {
    max_threads: '7',
    max_result_rows: '5',
    param_x: 'left over',
    log_comment: 'c',
    max_block_size: '123',
  }
  expect(await ask("SELECT getSetting('max_threads'), {x:String}", settings)).toBe('7\tleft over')
  await ask('CREATE TEMPORARY TABLE tmp (a UInt8)')
  await ask('SET max_threads = 9')
  await ask('SELECT 1', { database: 'system' })
  await ask('SELECT nonsense', settings)
  for (let i = 0; i < 40; i++) {
    expect(
      await ask(
        "SELECT getSetting('max_threads') != 7, getSetting('max_threads') != 9, getSetting('max_result_rows'), getSetting('max_block_size') = 123, getSetting('log_comment'), currentDatabase()",
      ),
    ).toBe('1\t1\t0\t0\t\tdefault')
  }
  expect(await ask('SELECT {x:String}')).toContain('Code: 456')
  expect(await ask('SELECT * FROM tmp')).toContain('Code: 60')
})

test('read-only really is, whatever the statement tries', async () => {
  const attempts = [
    'INSERT INTO t VALUES (1)',
    'INSERT INTO t SELECT 1',
    'CREATE TABLE u (a UInt8) ENGINE = Memory',
    'DROP TABLE t',
    'TRUNCATE TABLE t',
    'ALTER TABLE t DELETE WHERE 1',
    'SET readonly = 0',
    'SELECT 1 SETTINGS readonly = 0',
    'SELECT 1; DROP TABLE t',
    "SELECT 1 INTO OUTFILE '/tmp/spanlight-should-not-exist'",
    "INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV",
  ]
  for (const readonly of ['1', '2']) {
    for (const sql of attempts) expect(await ask(sql, { readonly }), sql).toMatch(/^Code: \d+/)
  }
  expect(await ask('SELECT 1 SETTINGS max_threads = 1', { readonly: '1' })).toContain('Code: 164')
  expect(await ask('SELECT 1 SETTINGS max_threads = 1', { readonly: '2' })).toBe('1')
  expect(await ask('SELECT count() FROM t')).toBe('1000')
})

test('GET is read-only', async () => {
  const get = async (sql: string): Promise<Response> =>
    fetch(`${engine.url}/?query=${encodeURIComponent(sql)}`)
  expect(await (await get('SELECT count() FROM t')).text()).toBe('1000\n')
  const refused = await get('DROP TABLE t')
  expect(refused.headers.get('x-clickhouse-exception-code')).toBe('164')
  expect(refused.status).toBe(500)
})
