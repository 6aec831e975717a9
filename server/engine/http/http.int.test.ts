import net from 'node:net'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '../testing'

let engine: TestEngine
let client: ClickHouseClient

beforeAll(async () => {
  engine = await startTestEngine()
  client = createClient({ url: engine.url, log: { level: 127 } })
  await client.command({ query: 'CREATE TABLE t (id UInt32, s String) ENGINE = MergeTree ORDER BY id' })
})
afterAll(async () => {
  await client.close()
  await engine.stop()
})

interface Sent {
  readonly params?: Record<string, string>
  readonly body?: string | Buffer
  readonly headers?: Record<string, string>
}

async function send({ params = {}, body, headers }: Sent): Promise<Response> {
  return fetch(`${engine.url}/?${new URLSearchParams(params).toString()}`, {
    method: 'POST',
    ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
    ...(headers === undefined ? {} : { headers }),
  })
}

async function ask(sent: Sent): Promise<string> {
  const response = await send(sent)
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

async function rows(where = '1'): Promise<string> {
  const answer = await ask({ body: `SELECT id, s FROM t WHERE ${where} ORDER BY id` })
  await ask({ body: 'TRUNCATE TABLE t SYNC' })
  return answer
}

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

describe('doors', () => {
  /** fetch does not let a caller choose these headers. */
  function raw(request: string | Buffer, keepOpen = false): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(engine.port, '127.0.0.1')
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1')
      })
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(text) : reject(error),
      )
      socket.on('close', () => resolve(text))
      if (keepOpen) socket.write(request)
      else socket.end(request)
    })
  }

  test('/, /ping and /replicas_status say Ok., other paths are not there', async () => {
    for (const path of ['/', '/ping', '/replicas_status']) {
      const response = await fetch(engine.url + path)
      expect([response.status, await response.text()]).toEqual([200, 'Ok.\n'])
    }
    expect((await fetch(`${engine.url}/ping`, { method: 'HEAD' })).status).toBe(200)
    expect((await fetch(`${engine.url}/?query=SELECT+1`, { method: 'HEAD' })).status).toBe(200)
    expect((await fetch(`${engine.url}/nope`)).status).toBe(404)
    expect((await fetch(engine.url, { method: 'DELETE' })).status).toBe(501)
  })

  test('a foreign Host and any Origin are refused', async () => {
    const ping = (headers: string): Promise<string> =>
      raw(`GET /ping HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`)
    expect(await ping(`Host: 127.0.0.1:${engine.port}`)).toMatch(/^HTTP\/1.1 200/)
    expect(await ping('Host: localhost')).toMatch(/^HTTP\/1.1 200/)
    expect(await ping('Host: [::1]:8123')).toMatch(/^HTTP\/1.1 200/)
    for (const host of [
      'evil.example',
      'evil.example:8123',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '10.0.0.1',
    ]) {
      expect(await ping(`Host: ${host}`)).toMatch(/^HTTP\/1.1 403/)
    }
    expect(await ping('Host: localhost\r\nOrigin: http://localhost:3000')).toMatch(/^HTTP\/1.1 403/)
    expect(await ping('Host: localhost\r\nOrigin: null')).toMatch(/^HTTP\/1.1 403/)
  })

  test('garbage, half requests and huge headers leave it alive', async () => {
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) % 256))
    await raw(noise)
    await raw(Buffer.concat([Buffer.from('POST / HTTP/1.1\r\nHost: localhost\r\n\r\n'), noise]))
    await raw('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nSEL')
    await raw('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')
    await raw(
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9\r\n\r\n--x\r\nfoo\r',
    )
    await raw(
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc',
    )
    expect(
      await raw(`GET /?query=SELECT%201 HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(2_000_000)}\r\n\r\n`),
    ).not.toMatch(/^HTTP\/1.1 200/)
    expect(await raw('GET //evil:99999/?a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 4/,
    )
    for (const body of [
      '\0',
      'SELECT \0',
      "SELECT '\0'",
      '('.repeat(20_000),
      `SELECT ${'-'.repeat(100_000)}`,
      `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`,
      noise,
    ]) {
      await (await send({ body })).arrayBuffer()
    }
    const odd = { max_threads: "1'; DROP TABLE t; --", "a' = 1": '1', param_x: '\0', log_comment: "\\' ; \0" }
    for (const [name, value] of Object.entries(odd))
      await (await send({ params: { [name]: value }, body: 'SELECT 1' })).text()
    expect(await ask({ body: 'SELECT count() FROM t' })).toBe('0\n')
  })

  test('a half-closed connection counts as gone, like one that hung up', async () => {
    await raw('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nSELECT 1')
    expect(
      await raw(
        'POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 8\r\n\r\nSELECT 1',
        true,
      ),
    ).toMatch(/\r\n\r\n1\n$/)
  })
})
