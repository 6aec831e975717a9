import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from './testing'

let engine: TestEngine
let client: ReturnType<typeof createClient>

beforeAll(async () => {
  engine = await startTestEngine()
  client = createClient({ url: engine.url, log: { level: 127 } })
})
afterAll(async () => {
  await client.close()
  await engine.stop()
})

test('the unmodified client pings, creates, inserts and reads back', async () => {
  expect((await client.ping()).success).toBe(true)
  await client.command({ query: 'CREATE TABLE t (id UInt32, name String) ENGINE = MergeTree ORDER BY id' })
  const values = Array.from({ length: 1000 }, (_, id) => ({ id, name: `nä\n'${id}` }))
  const inserted = await client.insert({ table: 't', values, format: 'JSONEachRow', query_id: 'my-insert' })
  expect(inserted.query_id).toBe('my-insert')
  expect(inserted.summary?.written_rows).toBe('1000')
  const result = await client.query({
    query: 'SELECT name FROM t WHERE id = {id:UInt32} AND name = {name:String}',
    query_params: { id: 7, name: `nä\n'7` },
    format: 'JSONEachRow',
  })
  expect(await result.json()).toEqual([{ name: `nä\n'7` }])
})

test('the summary counts what was read from tables', async () => {
  const response = await fetch(
    `${engine.url}/?query=${encodeURIComponent('SELECT count(), sum(id) FROM t WHERE NOT ignore(name)')}`,
  )
  expect(await response.text()).toBe('1000\t499500\n')
  const summary = JSON.parse(response.headers.get('x-clickhouse-summary') ?? '{}') as Record<string, string>
  expect(summary.read_rows).toBe('1000')
  expect(summary.result_rows).toBe('1')
})

test('an error carries code, type and status', async () => {
  await expect(client.query({ query: 'SELECT nope FROM t' })).rejects.toMatchObject({
    code: '47',
    type: 'UNKNOWN_IDENTIFIER',
  })
  const response = await fetch(engine.url, { method: 'POST', body: 'SELEC 1' })
  expect(response.status).toBe(400)
  expect(response.headers.get('x-clickhouse-exception-code')).toBe('62')
})
