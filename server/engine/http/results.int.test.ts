import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '../testing'
import { type HttpTools, httpTools } from './http-testing'

let engine: TestEngine
let client: ClickHouseClient
let send: HttpTools['send']
let ask: HttpTools['ask']

beforeAll(async () => {
  engine = await startTestEngine()
  ;({ send, ask } = httpTools(engine))
  client = createClient({ url: engine.url, log: { level: 127 } })
  await httpTools(engine).ask({ body: 'CREATE TABLE t (id UInt32, s String) ENGINE = MergeTree ORDER BY id' })
})
afterAll(async () => {
  await client.close()
  await engine.stop()
})

describe('results', () => {
  test('200 MB stream through, in order', async () => {
    const result = await client.query({
      query: "SELECT number, repeat('x', 90) AS s FROM numbers(2000000)",
      format: 'JSONCompactEachRow',
    })
    let next = 0
    for await (const piece of result.stream<[number, string]>()) {
      for (const row of piece) {
        if (next % 100_000 === 0) expect(row.json()[0]).toBe(next)
        next++
      }
    }
    expect(next).toBe(2_000_000)
  })

  test('an exception in the middle of a stream reaches the client with its code', async () => {
    const query =
      "SELECT throwIf(number = 300000, 'boom'), repeat('x', 50) FROM numbers(1000000) SETTINGS max_threads = 1"
    const result = await client.query({ query, format: 'JSONEachRow' })
    const read = async (): Promise<void> => {
      for await (const piece of result.stream()) void piece
    }
    await expect(read()).rejects.toMatchObject({ code: '395' })
    const raw = await send({ body: query })
    expect(raw.status).toBe(200)
    await expect(raw.text()).rejects.toThrow()
  })

  test('with wait_end_of_query the same is an error from the start', async () => {
    const body = 'SELECT throwIf(number = 300000) FROM numbers(1000000)'
    const response = await send({ params: { wait_end_of_query: '1' }, body })
    expect(response.status).toBe(500)
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('395')
  })

  test('statistics of what was read, also when nothing was found', async () => {
    await ask({ body: 'TRUNCATE TABLE t SYNC' })
    await ask({ body: 'INSERT INTO t SELECT number, toString(number) FROM numbers(100000)' })
    const read = async (body: string): Promise<Record<string, string>> => {
      const response = await send({ body })
      await response.text()
      return JSON.parse(response.headers.get('x-clickhouse-summary') ?? '{}') as Record<string, string>
    }
    expect(await read("SELECT count() FROM t WHERE s LIKE '%7%'")).toMatchObject({
      read_rows: '100000',
      result_rows: '1',
    })
    for (const format of ['JSONCompact', 'JSONEachRow']) {
      const nothing = await read(`SELECT id FROM t WHERE s = 'no ${format}' FORMAT ${format}`)
      expect(nothing.result_rows).toBe('0')
      // The counter that tells it counts its own reading, give or take a few rows.
      expect(Math.abs(Number(nothing.read_rows) - 100_000)).toBeLessThan(50)
    }
    await ask({ body: 'TRUNCATE TABLE t SYNC' })
  })

  test.each([
    ['SELEC 1', 400, '62'],
    ['SELECT 1; SELECT 2', 400, '62'],
    ['SELECT nope', 404, '47'],
    ['SELECT nope()', 404, '46'],
    ['SELECT * FROM nope', 404, '60'],
    ['SELECT 1 FORMAT Nope', 404, '73'],
    ["SELECT toUInt8('x')", 400, '6'],
    ['SELECT throwIf(1)', 500, '395'],
    ['SELECT 1 SETTINGS nope = 1', 404, '115'],
    ["SELECT 1 INTO OUTFILE 'x'", 500, '348'],
    ["INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV", 400, '36'],
    ["INSERT INTO t SELECT * FROM input('id UInt32, s String') FORMAT CSV 1,a", 501, '48'],
    ['', 400, '62'],
  ])('%s is status %i with code %s', async (body, status, code) => {
    const response = await send({ body })
    expect(await response.text()).toMatch(
      new RegExp(`^Code: ${code}\\. DB::Exception: [\\s\\S]+\\([A-Z_]+\\) \\(version `),
    )
    expect(response.status).toBe(status)
    expect(response.headers.get('x-clickhouse-exception-code')).toBe(code)
  })
})
