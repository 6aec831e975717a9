import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '../testing'
import { type HttpTools, httpTools } from './http-testing'

/** Results that go through a file: limits, errors, hanging up and roles are as with any other. */

let engine: TestEngine
let client: ClickHouseClient
let send: HttpTools['send']
let ask: HttpTools['ask']

beforeAll(async () => {
  engine = await startTestEngine()
  ;({ send, ask } = httpTools(engine))
  client = createClient({ url: engine.url, log: { level: 127 } })
})
afterAll(async () => {
  await client.close()
  await engine.stop()
})

const spooled = (): string[] => readdirSync(path.join(engine.dataDir, 'engine', 'spool'))

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('did not happen within 10 s')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('the client reads documents, streams and files of any length', async () => {
  const query = 'SELECT number AS n FROM numbers(200000)'
  const json = await (await client.query({ query, format: 'JSON' })).json<{ n: number }>()
  expect([json.data.length, json.rows, json.statistics?.rows_read]).toEqual([200_000, 200_000, 200_000])
  const csv = await (await client.query({ query, format: 'CSVWithNames' })).text()
  expect(csv.split('\n', 2)).toEqual(['"n"', '0'])
  let rows = 0
  const progress = await client.query({ query, format: 'JSONEachRowWithProgress' })
  for await (const piece of progress.stream())
    rows += piece.filter((row) => 'row' in (row.json() as object)).length
  expect(rows).toBe(200_000)
  const { stream } = await client.exec({ query: `${query} FORMAT Parquet` })
  let bytes = 0
  for await (const piece of stream) bytes += (piece as Buffer).length
  expect(bytes).toBeGreaterThan(100_000)
  await until(() => spooled().length === 0)
})

test('compressed, and with wait_end_of_query', async () => {
  const params = { enable_http_compression: '1', wait_end_of_query: '1', default_format: 'JSONCompact' }
  const response = await send({
    headers: { 'Accept-Encoding': 'gzip' },
    params,
    body: "SELECT number, repeat('x', 50) FROM numbers(200000)",
  })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  expect(((await response.json()) as { rows: number }).rows).toBe(200_000)
})

test('an error in the middle is an error from the start', async () => {
  const body = 'SELECT throwIf(number = 190000) FROM numbers(200000)'
  for (const format of ['JSON', 'CSVWithNames', 'Parquet']) {
    const response = await send({ params: { default_format: format }, body })
    expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([500, '395'])
    expect(await response.text()).toMatch(/^Code: 395/)
  }
  await expect(client.query({ query: body, format: 'JSON' })).rejects.toMatchObject({ code: '395' })
  expect(spooled()).toEqual([])
})

test('limits hold', async () => {
  const code = async (params: Record<string, string>, body: string): Promise<string | null> => {
    const response = await send({ params: { ...params, default_format: 'JSON' }, body })
    await response.text()
    return response.headers.get('x-clickhouse-exception-code')
  }
  expect(await code({ max_result_rows: '100' }, 'SELECT number FROM numbers(101)')).toBe('396')
  expect(await code({ max_result_bytes: '1000' }, 'SELECT number FROM numbers(1000)')).toBe('396')
  expect(
    await code(
      { max_execution_time: '1' },
      'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(number)',
    ),
  ).toBe('159')
  expect(
    await code({ max_memory_usage: '10000000' }, 'SELECT groupArray(number) FROM numbers(10000000)'),
  ).toBe('241')
  const cut = await ask({
    params: {
      max_result_rows: '10',
      result_overflow_mode: 'break',
      max_block_size: '10',
      default_format: 'JSON',
    },
    body: 'SELECT number FROM numbers(1000)',
  })
  expect((JSON.parse(cut) as { rows: number }).rows).toBeLessThan(100)
})

test('a client that hangs up ends the query, or the sending, and leaves no file', async () => {
  const hangUp = async (sql: string, ready: () => boolean | Promise<boolean>): Promise<void> => {
    const abort = new AbortController()
    const asked = fetch(`${engine.url}/?default_format=JSONCompact`, {
      method: 'POST',
      body: sql,
      signal: abort.signal,
    }).catch(() => null)
    await until(ready)
    abort.abort()
    await (await asked)?.text().catch(() => '')
    await until(() => spooled().length === 0)
  }
  await hangUp('SELECT number FROM numbers(100000000000)', () => spooled().length === 1)
  expect(
    await ask({
      body: "SELECT count() FROM system.processes WHERE query LIKE '%100000000000%' AND query NOT LIKE '%system.pro%'",
    }),
  ).toBe('0\n')
  const abort = new AbortController()
  const response = await fetch(`${engine.url}/?default_format=JSONCompact`, {
    method: 'POST',
    body: "SELECT number, repeat('x', 100) FROM numbers(300000)",
    signal: abort.signal,
  })
  expect([response.ok, spooled().length]).toEqual([true, 1])
  abort.abort()
  await until(() => spooled().length === 0)
})

test('a viewer reads documents too, and writes no file of its own', async () => {
  const params = { role: 'viewer', readonly: '1', default_format: 'JSONCompact' }
  const answer = JSON.parse(await ask({ params, body: 'SELECT number FROM numbers(100000)' })) as {
    rows: number
  }
  expect(answer.rows).toBe(100_000)
  for (const body of ["SELECT 1 INTO OUTFILE '/tmp/x'", "SELECT 1 INTO/**/OUTFILE '/tmp/x' FORMAT JSON"]) {
    expect((await send({ params, body })).ok).toBe(false)
  }
  expect(
    (await send({ params: { ...params, default_format: 'CSVWithNames' }, body: 'INSERT INTO t SELECT 1' }))
      .ok,
  ).toBe(false)
})

test('a document costs one query and no questions about it', async () => {
  const params = { default_format: 'JSONCompact', readonly: '1' }
  const selects = async (): Promise<number> => {
    const body = "SELECT toUInt32(value) FROM system.events WHERE event = 'SelectQuery'"
    return (JSON.parse(await ask({ params, body })) as { data: [[number]] }).data[0][0]
  }
  // What the test before has set off, like a reading between queries, is over after two of these.
  await selects()
  const before = await selects()
  for (let i = 0; i < 10; i++) await ask({ params, body: 'SELECT 1' })
  expect((await selects()) - before).toBe(11)
})
