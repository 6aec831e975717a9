import net from 'node:net'
import { Readable } from 'node:stream'
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

describe('inserts', () => {
  test('query in the URL and data in the body, in text and binary formats', async () => {
    const insert = async (format: string, body: string | Buffer): Promise<void> => {
      await ask({ params: { query: `INSERT INTO t (id, s) FORMAT ${format}` }, body })
    }
    await insert('JSONEachRow', '{"id":1,"s":"a"}\n{"id":2,"s":"b;\\n"}')
    await insert('TSV', '3\tc\n')
    await insert('CSV', '4,"d\ne"\n')
    await insert('Values', "(5,'f;g'),(6,'h')")
    await insert('RowBinary', Buffer.from([10, 0, 0, 0, 3, 10, 0, 255]))
    const native = Buffer.from(
      await (await send({ body: "SELECT toUInt32(20) AS id, 'native' AS s FORMAT Native" })).arrayBuffer(),
    )
    await insert('Native', native)
    expect(await rows('id != 10')).toBe('1\ta\n2\tb;\\n\n3\tc\n4\td\\ne\n5\tf;g\n6\th\n20\tnative\n')
  })

  test('query and data together in the body', async () => {
    await ask({ body: 'INSERT INTO t FORMAT JSONEachRow {"id":1,"s":"a"}' })
    await ask({ body: 'INSERT INTO t FORMAT TSV\n2\tb\n3\tc' })
    await ask({ body: "INSERT INTO t VALUES (4, 'd'), (5, 'e')" })
    await ask({ body: "-- comment; with FORMAT x\nINSERT INTO t (id, s) VALUES (6, 'VALUES; FORMAT CSV')" })
    await ask({
      body: Buffer.concat([
        Buffer.from('INSERT INTO t FORMAT RowBinary\n'),
        Buffer.from([10, 0, 0, 0, 1, 0x61]),
      ]),
    })
    await ask({ body: "INSERT INTO t SELECT 11, 'k'" })
    expect(await rows()).toBe('1\ta\n2\tb\n3\tc\n4\td\n5\te\n6\tVALUES; FORMAT CSV\n10\ta\n11\tk\n')
  })

  test('a summary that counts, for INSERT … SELECT too', async () => {
    for (const body of [
      "INSERT INTO t VALUES (1,'a'),(2,'b')",
      "INSERT INTO t SELECT number, 'x' FROM numbers(2)",
      "WITH 'x' AS s INSERT INTO t SELECT number, s FROM numbers(2)",
    ]) {
      const response = await send({ body })
      expect(JSON.parse(response.headers.get('x-clickhouse-summary') ?? '')).toMatchObject({
        written_rows: '2',
      })
    }
    await rows()
  })

  test('a stream from the client, longer than one piece', async () => {
    const count = 400_000
    const source = Readable.from(
      (function* () {
        for (let id = 0; id < count; id++) yield { id, s: `row ${id} ${'x'.repeat(100)}` }
      })(),
    )
    const result = await client.insert({ table: 't', values: source, format: 'JSONEachRow' })
    expect(result.summary?.written_rows).toBe(String(count))
    expect(await ask({ body: 'SELECT count(), uniqExact(id), sum(id) FROM t' })).toBe(
      `${count}\t${count}\t${(count * (count - 1)) / 2}\n`,
    )
    await ask({ body: 'TRUNCATE TABLE t SYNC' })
  })

  test('data is never read as SQL, whatever it holds', async () => {
    const evil = [
      'a\n\nDROP TABLE t SYNC',
      '\n\n;DROP TABLE t SYNC;\n\n',
      "';\n\nDROP TABLE t SYNC --",
      'x \n\n',
    ]
    for (const [i, s] of evil.entries()) {
      const text = Buffer.from(s)
      await ask({
        params: { query: 'INSERT INTO t FORMAT RowBinary' },
        body: Buffer.concat([Buffer.from([i, 0, 0, 0, text.length]), text]),
      })
      await ask({
        params: { query: 'INSERT INTO t SETTINGS max_insert_threads = 1 FORMAT JSONEachRow' },
        body: JSON.stringify({ id: i, s }),
      })
    }
    await ask({
      params: { query: 'INSERT INTO t FORMAT TSV' },
      body: '9\tlast\n\nDROP TABLE t SYNC\n',
    }).catch(() => '')
    expect(await ask({ body: 'SELECT count() FROM t WHERE id < 9' })).toBe('8\n')
    expect((await rows('id < 9')).replaceAll('\\n', '\n')).toContain('DROP TABLE')
  })

  test('a client that breaks off in the middle leaves nothing of that piece', async () => {
    const socket = net.connect(engine.port, '127.0.0.1')
    socket.write(
      `POST /?query=INSERT%20INTO%20t%20FORMAT%20TSV HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n1\ta\n2\tb\n`,
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    expect(await ask({ body: 'SELECT 1' })).toBe('1\n')
    expect(await rows()).toBe('')
  })

  test('bad rows are the exception of a server', async () => {
    const response = await send({ params: { query: 'INSERT INTO t FORMAT JSONEachRow' }, body: '{"id":"x"}' })
    expect(response.status).toBe(400)
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('27')
  })
})
