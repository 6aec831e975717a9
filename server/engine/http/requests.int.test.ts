import { gzipSync } from 'node:zlib'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '../testing'
import { type HttpTools, httpTools } from './http-testing'

let engine: TestEngine
let client: ClickHouseClient
let send: HttpTools['send']
let ask: HttpTools['ask']
let rows: HttpTools['rows']

beforeAll(async () => {
  engine = await startTestEngine()
  ;({ send, ask, rows } = httpTools(engine))
  client = createClient({ url: engine.url, log: { level: 127 } })
  await httpTools(engine).ask({ body: 'CREATE TABLE t (id UInt32, s String) ENGINE = MergeTree ORDER BY id' })
})
afterAll(async () => {
  await client.close()
  await engine.stop()
})

describe('where the query comes from', () => {
  test('URL, body, both joined, or a form', async () => {
    expect(await ask({ params: { query: 'SELECT 1' } })).toBe('1\n')
    expect(await ask({ body: 'SELECT 2' })).toBe('2\n')
    expect(await ask({ params: { query: 'SELECT 3 AS' }, body: 'x FORMAT JSONEachRow' })).toBe('{"x":3}\n')
    const form = new FormData()
    form.append('query', 'SELECT {a:String}, {b:Array(String)}')
    form.append('param_a', 'x'.repeat(300_000))
    form.append('param_b', "['1','2']")
    const response = await fetch(engine.url, { method: 'POST', body: form })
    expect(await response.text()).toBe(`${'x'.repeat(300_000)}\t['1','2']\n`)
  })

  test("the client's multipart parameters", async () => {
    const long = 'é'.repeat(100_000)
    const result = await client.query({
      query: 'SELECT length({long:String}) AS n, {list:Array(String)} AS list, {tab:String} AS tab',
      query_params: { long, list: ["a'b", 'c\\d'], tab: 'a\tb\nc' },
      use_multipart_params_auto: true,
      format: 'JSONEachRow',
    })
    expect(await result.json()).toEqual([{ n: 200_000, list: ["a'b", 'c\\d'], tab: 'a\tb\nc' }])
  })

  test('database, default_format, and their headers', async () => {
    expect(
      await ask({
        params: { database: 'system', default_format: 'JSONCompactEachRow' },
        body: 'SELECT currentDatabase()',
      }),
    ).toBe('["system"]\n')
    const headers = { 'X-ClickHouse-Database': 'system', 'X-ClickHouse-Format': 'CSV' }
    const response = await send({ headers, body: 'SELECT currentDatabase()' })
    expect(await response.text()).toBe('"system"\n')
    expect(response.headers.get('x-clickhouse-format')).toBe('CSV')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=UTF-8; header=absent')
    expect((await send({ params: { database: 'nope' }, body: 'SELECT 1' })).status).toBe(404)
  })
})

describe('compression', () => {
  test('gzip in', async () => {
    const body = gzipSync(Buffer.from('SELECT 1 + 1'))
    expect(await ask({ body, headers: { 'Content-Encoding': 'gzip' } })).toBe('2\n')
  })
  test('gzip out, when asked for twice', async () => {
    const accept = { 'Accept-Encoding': 'gzip' }
    const plain = await send({ headers: accept, body: 'SELECT 1' })
    expect(plain.headers.get('content-encoding')).toBeNull()
    const packed = await send({
      headers: accept,
      params: { enable_http_compression: '1' },
      body: "SELECT repeat('x', 100000)",
    })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect((await packed.text()).length).toBe(100_001)
  })
  test('both ways with the client', async () => {
    const packed = createClient({ url: engine.url, compression: { request: true, response: true } })
    await packed.insert({ table: 't', values: [{ id: 1, s: 'x'.repeat(10_000) }], format: 'JSONEachRow' })
    const result = await packed.query({ query: 'SELECT s FROM t', format: 'JSONEachRow' })
    expect(await result.json()).toEqual([{ s: 'x'.repeat(10_000) }])
    await packed.close()
    await rows()
  })
  test('a cut or false gzip is an answer, not a crash', async () => {
    const cut = gzipSync(Buffer.from('SELECT 1'.padEnd(5000))).subarray(0, 20)
    expect((await send({ body: cut, headers: { 'Content-Encoding': 'gzip' } })).ok).toBe(false)
    expect((await send({ body: 'SELECT 1', headers: { 'Content-Encoding': 'gzip' } })).ok).toBe(false)
    expect((await send({ body: 'SELECT 1', headers: { 'Content-Encoding': 'lz4' } })).status).toBe(415)
  })
})
