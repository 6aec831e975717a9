import { ClickHouseError } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '@/lib/api/problem'
import { ProblemError } from '@/lib/api/problem-error'
import { SearchResponse } from '@/lib/api/search'
import { compile, sql } from '@/lib/sql/fragment'
import { formatIso } from '@/lib/time/range'
import { execute } from '@/server/clickhouse/execute'
import { POST as postDemo } from '@/server/http/routes/demo'
import { POST as postHistogram } from '@/server/http/routes/histogram'
import { POST as postSearch } from '@/server/http/routes/search'
import { GET as getTail } from '@/server/http/routes/tail'
import { call, startTestApp, type TestApp } from './testing/test-app'

const START = 1_790_000_000_000_000_000n
const selection = { source: 'logs', from: formatIso(START), to: formatIso(START + 3_600_000_000_000n) }

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  await app.insert('otel_logs', [
    {
      Timestamp: formatIso(START + 5n),
      ServiceName: "it's",
      SeverityText: 'INFO',
      Body: '<script>alert(1)</script> \u0000 100% _under_ \\back {p0:String} ü',
      LogAttributes: { "k'; DROP TABLE otel_logs": 'v' },
    },
  ])
})
afterAll(() => app.stop())

async function problem(body: object, handler = postSearch): Promise<Problem> {
  const response = await call(handler, { body: { ...selection, ...body } })
  const text = await response.text()
  expect(response.headers.get('content-type'), text).toBe('application/problem+json')
  const found = Problem.parse(JSON.parse(text))
  expect(found.status).toBe(response.status)
  expect(found.requestId).toBe(response.headers.get('x-request-id'))
  return found
}

async function rows(body: object): Promise<number> {
  const response = await call(postSearch, { body: { ...selection, ...body } })
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return SearchResponse.parse(JSON.parse(text)).rows.length
}

describe('requests that are refused', () => {
  it('search syntax, with its place', async () => {
    const found = await problem({ query: 'a AND (b OR' })
    expect(found).toMatchObject({ code: 'search_syntax', status: 400 })
    expect(found.position?.to).toBeLessThanOrEqual(11)
    expect(found.hint).toBeTruthy()
  })

  it('SQL that cannot be read, with its place', async () => {
    const found = await problem({ language: 'sql', query: "Body = 'ü' AND ServiceName = = 1" })
    expect(found).toMatchObject({ code: 'sql_error', status: 400, position: { from: 29, to: 30 } })
    const unknown = await problem({ language: 'sql', query: 'nosuchcolumn = 1' })
    expect(unknown.code).toBe('sql_error')
    expect(unknown.detail).toContain('nosuchcolumn')
    expect(unknown.position).toEqual({ from: 0, to: 12 })
    expect(unknown.detail).not.toContain('version')
  })

  it.each([
    ["file('/etc/passwd') = ''"],
    ["1 = (SELECT count() FROM url('http://127.0.0.1:1/', CSV, 'a String'))"],
    ['1) OR (1 = 1'],
    ['1 = 1; DROP TABLE otel_logs'],
    ['1 FROM system.one --'],
    ['sleepEachRow(3) = 0'],
    ['1 = 1 SETTINGS readonly = 0'],
    ["arrayMap(file, ['/etc/passwd']) != []"],
  ])('a condition that reaches out: %s', async (query) => {
    const found = await problem({ language: 'sql', query })
    expect(['sql_refused', 'sql_error']).toContain(found.code)
    for (const field of [{ columns: [query] }, { orderBy: [{ by: query, dir: 'asc' }] }]) {
      expect(['sql_refused', 'sql_error']).toContain((await problem(field)).code)
    }
    expect(['sql_refused', 'sql_error']).toContain((await problem({ groupBy: query }, postHistogram)).code)
  })

  it.each([
    ['a range that ends before it starts', { from: selection.to, to: selection.from }, 'not before'],
    ['an empty range', { from: selection.from, to: selection.from }, 'not before'],
    ['a time that is none', { from: 'yesterday' }, 'not a time'],
    ['an unknown field', { nonsense: 1 }, 'nonsense'],
    ['too many rows', { limit: 10_001 }, 'limit'],
  ])('%s', async (_, body, detail) => {
    const found = await problem(body)
    expect(found).toMatchObject({ code: 'invalid_request', status: 400 })
    expect(found.detail).toContain(detail)
  })

  it('a source that does not exist, naming those that do', async () => {
    expect(await problem({ source: 'nothing' })).toMatchObject({
      code: 'not_found',
      hint: expect.stringContaining('traces'),
    })
  })

  it('bodies that are too large, not JSON, not UTF-8 or of another type', async () => {
    const send = async (body: string, headers = {}) =>
      Problem.parse(await (await call(postSearch, { body, headers })).json()).code
    expect(await send(`{"query":"${'x'.repeat(1_100_000)}"}`)).toBe('payload_too_large')
    expect(await send('{"query":')).toBe('invalid_request')
    expect(await send('query=1', { 'content-type': 'application/x-www-form-urlencoded' })).toBe(
      'unsupported_media_type',
    )
    const bytes = new Request('http://localhost/api', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
    })
    const answer = await postSearch(bytes, { params: Promise.resolve({}) })
    expect(Problem.parse(await answer.json()).detail).toContain('UTF-8')
  })

  it('more than 64 KB of search', async () => {
    const found = await problem({ query: 'x'.repeat(65_537) })
    expect(found.code).toBe('invalid_request')
    expect((await problem({ query: 'ü'.repeat(40_000) })).code).toBe('search_syntax')
  })
})

describe('hostile text that is none of its business', () => {
  it('is found as it is, and never becomes SQL', async () => {
    for (const query of [
      '"<script>alert(1)"',
      '"100% _under_"',
      '"\\\\back"',
      '"{p0:String}"',
      'Ü',
      `ServiceName:"it's"`,
      '"\u0000"',
    ]) {
      expect([query, await rows({ query })]).toEqual([query, 1])
    }
    for (const query of ["'; DROP TABLE otel_logs", "nothing' OR '1'='1", '"_nder"']) {
      expect([query, await rows({ query })]).toEqual([query, 0])
    }
    expect(await rows({ filters: { ServiceName: { in: ["it's", 'x'] } } })).toBe(1)
    expect(await rows({ filters: { "LogAttributes.k'; DROP TABLE otel_logs": { in: ['v'] } } })).toBe(1)
    expect(await rows({ columns: ['Timestamp', "LogAttributes['k']", 'a`b'.replaceAll('`', '.')] })).toBe(1)
  })

  it('takes a search of 60 KB', async () => {
    expect(await rows({ query: `${'script '.repeat(400)}` })).toBe(1)
    expect(await rows({ query: `"${'y'.repeat(60_000)}"` })).toBe(0)
  })

  it('lists of 500 values', async () => {
    const many = Array.from({ length: 500 }, (_, i) => `value ${i} ${'z'.repeat(40)}`)
    expect(await rows({ filters: { ServiceName: { in: [...many.slice(1), "it's"] } } })).toBe(1)
  })
})

describe('limits', () => {
  const bomb = compile(
    sql`SELECT number % 1000000 AS k, groupArray(toString(number)) FROM numbers(300000000) GROUP BY k FORMAT Null`,
  )
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: unknown) => (error instanceof ProblemError ? error.code : error),
    )

  it('time, memory and rows of a result', async () => {
    const slow = compile(sql`SELECT count() FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number))`)
    expect(await codeOf(execute(app.client, slow, { limits: { timeMs: 300 } }))).toBe('query_timeout')
    const memory = compile(
      sql`SELECT number AS k, count() FROM numbers(50000000) GROUP BY k ORDER BY k LIMIT 1`,
    )
    expect(await codeOf(execute(app.client, memory, { limits: { memoryBytes: 50_000_000 } }))).toBe(
      'query_memory',
    )
    const wide = compile(sql`SELECT number FROM numbers(5000)`)
    expect(await codeOf(execute(app.client, wide, { limits: { resultRows: 1000 } }))).toBe('query_too_large')
    expect(bomb.sql).toContain('GROUP BY')
    expect(await rows({})).toBe(1)
  })

  it('nothing can be written', async () => {
    const drop = compile(sql`DROP TABLE otel_logs`)
    const refused = await execute(app.client, drop).then(
      () => null,
      (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(ClickHouseError)
    expect(await codeOf(execute(app.client, drop, { author: 'person' }))).toBe('sql_refused')
    expect(await rows({})).toBe(1)
  })

  it('a caller that goes away ends its query in the engine', async () => {
    const leaving = new AbortController()
    const day = 86_400_000_000_000n
    await app.client.command({
      query: `INSERT INTO otel_logs (Timestamp, ServiceName, Body) SELECT fromUnixTimestamp64Nano(${START - day} + toInt64(number)), 'busy', toString(number) FROM numbers(100000)`,
    })
    const body = {
      source: 'logs',
      from: formatIso(START - day),
      to: formatIso(START - day + 1_000_000_000n),
      language: 'sql',
      query: 'arrayCount(x -> sipHash64(x, Body) = 4711, range(30000 + TraceFlags)) = 1',
    }
    const answer = call(postSearch, { body, signal: leaving.signal })
    await until(async () => (await running()) > 0)
    leaving.abort()
    expect((await answer).status).toBe(499)
    await until(async () => (await running()) === 0)
  })

  async function running(): Promise<number> {
    const query =
      "SELECT count() AS n FROM system.processes WHERE query LIKE '%4711%' AND query NOT LIKE '%system.processes%'"
    const [row] = await (await app.client.query({ query, format: 'JSONEachRow' })).json<{ n: string }>()
    return Number(row?.n)
  }
})

describe('the tail', () => {
  it('sends what arrives, newest last, and ends with its reader', async () => {
    const url = `http://localhost/api?source=logs&query=tailed&columns=Body&columns=Timestamp`
    const response = await call(getTail, { url })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const events = readEvents(response)
    expect((await events.next()).value).toMatchObject({
      event: 'columns',
      data: { columns: [{ name: 'Body' }, { name: 'Timestamp' }] },
    })
    const now = BigInt(Date.now()) * 1_000_000n
    const log = (offset: bigint, Body: string) => ({
      Timestamp: formatIso(now + offset),
      ServiceName: 'a',
      Body,
    })
    await app.insert('otel_logs', [log(2n, 'tailed b'), log(1n, 'tailed a'), log(3n, 'other')])
    const first = (await events.next()).value
    expect(first).toMatchObject({
      event: 'rows',
      data: { dropped: 0, rows: [{ Body: 'tailed a' }, { Body: 'tailed b' }] },
    })
    await app.insert('otel_logs', [log(0n, 'tailed c')])
    expect((await events.next()).value).toMatchObject({ data: { rows: [{ Body: 'tailed c' }] } })
    await events.return(undefined)
  })

  it('tells a mistake as an event, because a browser cannot read it otherwise', async () => {
    const events = readEvents(await call(getTail, { url: 'http://localhost/api?source=logs&query=a%20AND' }))
    expect((await events.next()).value).toMatchObject({ event: 'problem', data: { code: 'search_syntax' } })
  })
})

describe('while the engine is away', () => {
  it('says so, and works again when it is back', async () => {
    const env = process.env.SPANLIGHT_LISTEN
    expect(env).toBeUndefined()
    await app.engine.kill()
    const found = await problem({})
    expect(found).toMatchObject({ code: 'engine_unavailable', status: 503 })
    expect(found.hint).toContain('try again')
  })

  it('demo data is for loopback only', async () => {
    const { closeApp } = await import('@/server/http/app')
    await closeApp()
    process.env.SPANLIGHT_LISTEN = '0.0.0.0'
    process.env.SPANLIGHT_UI_TOKEN = 'a-long-secret-token'
    const response = await call(postDemo, { body: {} })
    expect(response.status).toBe(403)
  })
})

async function* readEvents(
  response: Response,
): AsyncGenerator<{ event: string; data: Record<string, unknown> }> {
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const [event = '', data = ''] = text.slice(0, end).split('\n')
        text = text.slice(end + 2)
        if (event !== 'event: ping') yield { event: event.slice(7), data: JSON.parse(data.slice(6)) }
      }
    }
  } finally {
    await reader.cancel()
  }
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await isTrue())) if (Date.now() > end) throw new Error('waited too long')
}
