import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '@/lib/api/problem'
import { RowResponse, type SearchRequest, SearchResponse } from '@/lib/api/search'
import { formatIso } from '@/lib/time/range'
import { forgetCapabilities } from '@/server/clickhouse/capabilities'
import { getApp } from '@/server/http/app'
import { GET as getRow } from '@/server/http/routes/row'
import { POST } from '@/server/http/routes/search'
import { call, startTestApp, type TestApp } from '../testing/test-app'

const START = 1_790_000_000_000_000_000n
const FROM = formatIso(START)
const TO = formatIso(START + 3_600_000_000_000n)

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.stop())

async function search(request: Partial<SearchRequest>): Promise<SearchResponse> {
  const response = await call(POST, { body: { source: 'logs', from: FROM, to: TO, ...request } })
  expect(response.status, await response.clone().text()).toBe(200)
  return SearchResponse.parse(await response.json())
}

async function problem(request: Partial<SearchRequest>): Promise<Problem> {
  const response = await call(POST, { body: { source: 'logs', from: FROM, to: TO, ...request } })
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const found = Problem.parse(await response.json())
  expect(found.status).toBe(response.status)
  return found
}

async function allPages(
  request: Partial<SearchRequest>,
  between?: () => Promise<void>,
): Promise<SearchResponse['rows']> {
  const rows: SearchResponse['rows'] = []
  let cursor: string | null = null
  for (let page = 0; page < 500; page++) {
    const answer: SearchResponse = await search({ ...request, ...(cursor === null ? {} : { cursor }) })
    rows.push(...answer.rows)
    cursor = answer.nextCursor
    if (cursor === null) return rows
    await between?.()
  }
  throw new Error('paging does not end')
}

const log = (offsetNs: bigint, service: string, body: string, more: object = {}) => ({
  Timestamp: formatIso(START + offsetNs),
  ServiceName: service,
  SeverityText: 'INFO',
  SeverityNumber: 9,
  Body: body,
  ...more,
})

describe('paging', () => {
  /** Bodies are unique, so that a loss or a repetition shows. */
  const expected: string[] = []
  beforeAll(async () => {
    const rows = []
    for (let i = 0; i < 3000; i++) rows.push(log(1_000_000_000n, 'same', `same ${i}`))
    for (let i = 0; i < 1500; i++)
      rows.push(log(BigInt(i % 40) * 60_000_000_000n, `svc-${i % 7}`, `few ${i}`))
    for (let i = 0; i < 500; i++) rows.push(log(BigInt(i) * 7_000_000_000n + 13n, 'spread', `spread ${i}`))
    for (let i = 0; i < rows.length; i += 1000) await app.insert('otel_logs', rows.slice(i, i + 1000))
    expected.push(...rows.map((row) => row.Body))
    expected.sort()
  }, 60_000)

  it('works without row numbers of the engine, on a table that somebody else made', async () => {
    const columns =
      'Timestamp DateTime64(9), TraceId String, SpanId String, SeverityText String, ServiceName String, Body String, LogAttributes Map(String, String)'
    await app.client.command({
      query: `CREATE TABLE their_logs (${columns}) ENGINE = MergeTree ORDER BY (ServiceName, Timestamp)`,
    })
    const attributes = (i: number) => ({ LogAttributes: { n: String(i) } })
    const rows = Array.from({ length: 1200 }, (_, i) =>
      log(1_000_000_000n, 'same', i < 900 ? 'tick' : `b ${i}`, attributes(i)),
    )
    await app.insert(
      'their_logs',
      rows.map(({ SeverityNumber: _, ...row }) => row),
    )
    forgetCapabilities(getApp().client)
    for (const order of [
      { order: 'desc' as const },
      { orderBy: [{ by: 'ServiceName', dir: 'asc' as const }] },
    ]) {
      const found = await allPages({
        source: 'their_logs',
        columns: ['LogAttributes.n'],
        limit: 170,
        ...order,
      })
      expect(found.map((row) => Number(row['LogAttributes.n'])).sort((a, b) => a - b)).toEqual(
        rows.map((_, i) => i),
      )
      expect(new Set(found.map((row) => row._id)).size).toBe(1200)
      const [row] = found.slice(500)
      const params = { source: 'their_logs', id: row?._id ?? '' }
      const whole = RowResponse.parse(await (await call(getRow, { params })).json())
      expect(whole.row.LogAttributes).toEqual({ n: row?.['LogAttributes.n'] })
    }
  })

  const bodies = (rows: SearchResponse['rows']) => rows.map((row) => String(row.Body)).sort()

  it.each([
    ['newest first', { order: 'desc' as const, limit: 333 }],
    ['oldest first', { order: 'asc' as const, limit: 333 }],
    ['by a column with few values', { orderBy: [{ by: 'ServiceName', dir: 'asc' as const }], limit: 400 }],
    ['by an SQL expression', { orderBy: [{ by: 'length(Body) % 3', dir: 'desc' as const }], limit: 700 }],
  ])('loses and repeats nothing: %s', async (_, request) => {
    const rows = await allPages(request)
    expect(bodies(rows)).toEqual(expected)
    expect(new Set(rows.map((row) => row._id)).size).toBe(expected.length)
  })

  it('keeps the order it promises', async () => {
    const newest = (await allPages({ limit: 999 })).map((row) => String(row.Timestamp))
    expect(newest).toEqual(newest.toSorted().toReversed())
    const oldest = (await allPages({ limit: 999, order: 'asc' })).map((row) => String(row.Timestamp))
    expect(oldest).toEqual(oldest.toSorted())
  })

  it('is not disturbed by rows that arrive while somebody pages', async () => {
    let n = 0
    const rows = await allPages({ limit: 800 }, async () => {
      const late = [
        log(3_000_000_000_000n, 'late', `late ${n}`),
        log(1_000_000_000n, 'late', `late same ${n++}`),
      ]
      await app.insert('otel_logs', late)
    })
    const seen = bodies(rows)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((body) => !body.startsWith('late'))).toEqual(expected)
    await app.client.command({
      query: "ALTER TABLE otel_logs DELETE WHERE ServiceName = 'late'",
      clickhouse_settings: { mutations_sync: '2' },
    })
  })

  it('counts identical rows', async () => {
    const twin = log(5_000_000_000n, 'twins', 'twin')
    await app.insert(
      'otel_logs',
      Array.from({ length: 250 }, () => twin),
    )
    const rows = await allPages({ query: 'ServiceName:"twins"', limit: 60 })
    expect(rows).toHaveLength(250)
    await app.client.command({
      query: "ALTER TABLE otel_logs DELETE WHERE ServiceName = 'twins'",
      clickhouse_settings: { mutations_sync: '2' },
    })
  })

  it('refuses a cursor that is broken or of another search', async () => {
    expect((await problem({ cursor: 'nonsense' })).code).toBe('invalid_request')
    const { nextCursor } = await search({ limit: 10 })
    const other = await problem({ limit: 10, query: 'few', cursor: nextCursor ?? '' })
    expect(other.detail).toContain('another search')
  })
})
