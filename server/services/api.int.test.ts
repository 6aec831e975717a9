import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CompleteResponse,
  FacetsResponse,
  HistogramResponse,
  RowResponse,
  SearchResponse,
} from '@/lib/api/search'
import { HealthResponse, NearestResponse, ServiceColorsResponse, SourcesResponse } from '@/lib/api/sources'
import { SpanResponse, TraceResponse, TraceSkeleton } from '@/lib/api/trace'
import { formatIso } from '@/lib/time/range'
import { openApiDocument } from '@/server/http/openapi'
import { POST as postComplete } from '@/server/http/routes/complete'
import { POST as postFacets } from '@/server/http/routes/facets'
import { GET as getHealth } from '@/server/http/routes/health'
import { POST as postHistogram } from '@/server/http/routes/histogram'
import { POST as postNearest } from '@/server/http/routes/nearest'
import { GET as getRow } from '@/server/http/routes/row'
import { POST as postSearch } from '@/server/http/routes/search'
import { GET as getColors } from '@/server/http/routes/service-colors'
import { GET as getSources } from '@/server/http/routes/sources'
import { GET as getSpan } from '@/server/http/routes/span'
import { GET as getTrace } from '@/server/http/routes/trace'
import { call, startTestApp, type TestApp } from './testing/test-app'

const START = 1_790_000_030_000_000_000n
const MINUTE = 60_000_000_000n
const FROM = formatIso(START)
const TO = formatIso(START + 60n * MINUTE)
const TRACE = '0123456789abcdef0123456789abcdef'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  const spans = Array.from({ length: 600 }, (_, i) => ({
    Timestamp: formatIso(START + BigInt(i) * 6_000_000_000n + 5n),
    TraceId: i < 4 ? TRACE : i.toString(16).padStart(32, 'a'),
    SpanId: i.toString(16).padStart(16, '0'),
    ParentSpanId: i === 0 ? '' : i === 3 ? 'feedfeedfeedfeed' : '0'.repeat(16),
    SpanName: `op-${i % 5}`,
    SpanKind: i % 2 ? 'Server' : 'Client',
    ServiceName: ['web', 'cart', 'payment'][i % 3],
    ResourceAttributes: { 'service.name': ['web', 'cart', 'payment'][i % 3], 'host.name': `host-${i % 4}` },
    SpanAttributes: { 'http.route': `/r/${i % 6}`, 'user.id': String(i % 100), 'k<script>': "v'; DROP" },
    Duration: String(1_000_000 * (i + 1)),
    StatusCode: i % 10 === 0 ? 'Error' : 'Unset',
    StatusMessage: i % 10 === 0 ? 'declined' : '',
    'Events.Timestamp': i === 1 ? [formatIso(START + 9n)] : [],
    'Events.Name': i === 1 ? ['exception'] : [],
    'Events.Attributes': i === 1 ? [{ 'exception.type': 'Boom' }] : [],
  }))
  await app.insert('otel_traces', spans)
  await app.insert('otel_logs', [
    {
      Timestamp: formatIso(START + 7n),
      TraceId: TRACE,
      SpanId: '0000000000000001',
      SeverityText: 'ERROR',
      SeverityNumber: 17,
      ServiceName: 'cart',
      Body: 'kaboom in the cart',
      LogAttributes: { a: 'b' },
    },
  ])
})
afterAll(() => app.stop())

const selection = { source: 'traces', from: FROM, to: TO }
async function post<T>(
  handler: typeof postSearch,
  schema: { parse(value: unknown): T },
  body: object,
): Promise<T> {
  const response = await call(handler, { body: { ...selection, ...body } })
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return schema.parse(JSON.parse(text))
}
async function get<T>(
  handler: typeof getRow,
  schema: { parse(value: unknown): T },
  options: Parameters<typeof call>[1] = {},
): Promise<T> {
  const response = await call(handler, options)
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return schema.parse(JSON.parse(text))
}

describe('search', () => {
  it('gives the default columns, ids, SQL and what was read', async () => {
    const page = await post(postSearch, SearchResponse, { query: 'service:cart', limit: 5 })
    expect(page.columns.map((column) => column.name)).toEqual([
      'Timestamp',
      'TraceId',
      'SpanId',
      'ParentSpanId',
      'ServiceName',
      'SpanName',
      'SpanKind',
      'StatusCode',
      'StatusMessage',
      'Duration',
    ])
    expect(page.rows).toHaveLength(5)
    expect(page.rows[0]).toMatchObject({ ServiceName: 'cart', Duration: '599000000' })
    expect(page.rows[0]?.Timestamp).toMatch(/^2026-.*\.\d{9}Z$/)
    expect(page.sql).toContain('cart')
    expect(page.statistics.rowsRead).toBeGreaterThan(0)
    expect(page.nextCursor).not.toBeNull()
  })

  it('names columns as they were asked for: fields, attributes and SQL', async () => {
    const columns = [
      'service',
      'user.id',
      'lower(SpanName)',
      'Duration / 1e6',
      'SpanAttributes',
      'Timestamp',
      'service',
    ]
    const page = await post(postSearch, SearchResponse, { columns, limit: 1, order: 'asc' })
    const { _id, ...row } = page.rows[0] ?? { _id: '' }
    expect(Object.keys(row)).toEqual([...new Set(columns)])
    expect(row).toMatchObject({
      service: 'web',
      'user.id': '0',
      'lower(SpanName)': 'op-0',
      'Duration / 1e6': 1,
    })
    expect(row.SpanAttributes).toEqual({ 'http.route': '/r/0', 'user.id': '0', 'k<script>': "v'; DROP" })
    expect(_id).not.toBe('')
  })

  it('takes one SQL condition instead of the language', async () => {
    const page = await post(postSearch, SearchResponse, {
      language: 'sql',
      query: "ServiceName = 'web' AND Duration > 590e6",
    })
    expect(page.rows.length).toBe(3)
    const all = await post(postSearch, SearchResponse, { language: 'sql', query: ' ' })
    expect(all.rows.length).toBe(200)
  })

  it('warns of an attribute that nobody sent, and runs', async () => {
    const page = await post(postSearch, SearchResponse, { query: '-http.rout:/r' })
    expect(page.rows).toHaveLength(200)
    expect(page.warnings).toMatchObject([
      { position: { from: 1, to: 10 }, hint: expect.stringContaining('http.route') },
    ])
    expect((await post(postSearch, SearchResponse, { query: 'http.route:/r' })).warnings).toEqual([])
  })

  it('streams one row a line', async () => {
    const response = await call(postSearch, {
      body: { ...selection, limit: 10_000 },
      headers: { accept: 'application/x-ndjson' },
    })
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(Object.keys(lines[0])).toEqual(['columns'])
    expect(lines).toHaveLength(602)
    expect(lines.at(-1).end).toMatchObject({ nextCursor: null, warnings: [] })
  })

  it('opens any of its rows whole', async () => {
    const page = await post(postSearch, SearchResponse, { limit: 3 })
    for (const row of page.rows) {
      const params = { source: 'traces', id: row._id }
      const whole = await get(getRow, RowResponse, { params })
      expect(whole.row).toMatchObject({ SpanId: row.SpanId, Timestamp: row.Timestamp, 'Events.Name': [] })
      expect(whole.row.SpanAttributes).toHaveProperty(['http.route'])
    }
    expect((await call(getRow, { params: { source: 'traces', id: '1.2' } })).status).toBe(404)
    expect((await call(getRow, { params: { source: 'traces', id: "1' OR 1" } })).status).toBe(400)
    expect((await call(getRow, { params: { source: 'nothing', id: '1.2' } })).status).toBe(404)
  })

  it('finds the nearest record outside of an empty range', async () => {
    const empty = { from: formatIso(START + 90n * MINUTE), to: formatIso(START + 100n * MINUTE) }
    const found = await post(postNearest, NearestResponse, { ...empty, query: 'service:web' })
    expect(found.time).toBe(formatIso(START + 597n * 6_000_000_000n + 5n))
    const nothing = await post(postNearest, NearestResponse, { ...empty, query: 'service:nobody' })
    expect(nothing.time).toBeNull()
  })
})

describe('histogram', () => {
  it('gives every bucket and the exact counts, from the rollup or not, whatever the edges', async () => {
    for (const from of [START, START + 17n, START + 45_000_000_000n, START - 90n * MINUTE]) {
      for (const to of [START + 60n * MINUTE, START + 1_234_567_891_234n]) {
        const range = { from: formatIso(from), to: formatIso(to) }
        const rolled = await post(postHistogram, HistogramResponse, {
          ...range,
          query: 'service:(cart OR web)',
        })
        const based = await post(postHistogram, HistogramResponse, {
          ...range,
          query: 'service:(cart OR web) Duration:>0',
        })
        expect(rolled.buckets).toEqual(based.buckets)
        const total = rolled.buckets
          .flatMap((bucket) => Object.values(bucket.counts))
          .reduce((a, b) => a + b, 0)
        expect(rolled.total).toBe(total)
      }
    }
  })

  it('uses the rollup for what it knows', async () => {
    const range = {
      from: formatIso(START - 30_000_000_000n),
      to: formatIso(START + 60n * MINUTE + 30_000_000_000n),
    }
    const rolled = await post(postHistogram, HistogramResponse, range)
    expect(rolled.sql).toContain('spanlight_traces_1m')
    expect(rolled.total).toBe(600)
    expect(rolled.intervalSeconds).toBe(120)
    expect(rolled.buckets.every((bucket) => Number(bucket.time.slice(14, 16)) % 2 === 0)).toBe(true)
  })

  it('adds up groups beyond the first 20', async () => {
    const answer = await post(postHistogram, HistogramResponse, { groupBy: 'user.id', buckets: 1 })
    const groups = Object.keys(answer.buckets[0]?.counts ?? {})
    expect(groups).toHaveLength(21)
    expect(groups).toContain('(other)')
    expect(answer.total).toBe(600)
  })

  it('includes empty buckets', async () => {
    const answer = await post(postHistogram, HistogramResponse, { query: 'service:nobody' })
    expect(answer.buckets.length).toBeGreaterThan(50)
    expect(answer.total).toBe(0)
  })
})

describe('facets', () => {
  it('has the service first, then own columns, then attributes', async () => {
    const { facets, sampled } = await post(postFacets, FacetsResponse, {})
    expect(facets.slice(0, 4).map((facet) => facet.field)).toEqual([
      'ServiceName',
      'StatusCode',
      'SpanKind',
      'SpanName',
    ])
    expect(facets[0]?.values).toEqual([
      { value: 'cart', count: 200 },
      { value: 'payment', count: 200 },
      { value: 'web', count: 200 },
    ])
    expect(facets.map((facet) => facet.field)).toContain('SpanAttributes.http.route')
    expect(sampled).toBe(false)
  })

  it('answers the current search, without a field’s own filter', async () => {
    const filters = { ServiceName: { in: ['cart'] }, StatusCode: { in: ['Error'] } }
    const { facets } = await post(postFacets, FacetsResponse, {
      filters,
      fields: ['ServiceName', 'StatusCode', 'http.route'],
    })
    expect(facets[0]?.values.reduce((sum, value) => sum + value.count, 0)).toBe(60)
    expect(facets[1]?.values).toEqual([
      { value: 'Unset', count: 180 },
      { value: 'Error', count: 20 },
    ])
    expect(facets[2]?.values.reduce((sum, value) => sum + value.count, 0)).toBe(20)
  })

  it('limits and searches values', async () => {
    const few = await post(postFacets, FacetsResponse, { fields: ['user.id', 'SpanName'], limit: 3 })
    expect(few.facets.map((facet) => [facet.values.length, facet.more])).toEqual([
      [3, true],
      [3, true],
    ])
    const found = await post(postFacets, FacetsResponse, { fields: ['SpanName'], search: 'OP-3' })
    expect(found.facets[0]?.values).toEqual([{ value: 'op-3', count: 120 }])
  })
})

describe('complete', () => {
  const complete = (query: string) => post(postComplete, CompleteResponse, { query, position: query.length })

  it('offers columns and attribute keys', async () => {
    const { items, from, to } = await complete('service:web htt')
    expect(items[0]).toMatchObject({ label: 'http.route', insert: 'http.route:', kind: 'field' })
    expect([from, to]).toEqual([12, 15])
    expect((await complete('Serv')).items.map((item) => item.label)).toContain('ServiceName')
  })

  it('offers values of columns and attributes, quoted', async () => {
    expect((await complete('service:')).items.map((item) => item.insert)).toEqual([
      '"cart"',
      '"payment"',
      '"web"',
    ])
    expect((await complete('http.route:/r')).items).toHaveLength(6)
    expect((await complete('SpanName:op')).items).toHaveLength(5)
    expect((await complete('host.name:')).items).toHaveLength(4)
  })

  it('offers operators', async () => {
    expect((await complete('service:web ')).items.map((item) => item.label)).toEqual(['AND', 'OR', 'NOT'])
  })
})

describe('traces', () => {
  const params = { traceId: TRACE }

  it('opens by id, with logs', async () => {
    const trace = await get(getTrace, TraceResponse, { params })
    expect(trace).toMatchObject({
      spanCount: 4,
      errorCount: 1,
      truncated: false,
      start: formatIso(START + 5n),
    })
    expect(trace.services).toEqual([
      { name: 'web', spanCount: 2 },
      { name: 'cart', spanCount: 1 },
      { name: 'payment', spanCount: 1 },
    ])
    expect(trace.spans[1]).toMatchObject({
      kind: 'Server',
      events: [{ name: 'exception', time: formatIso(START + 9n), attributes: { 'exception.type': 'Boom' } }],
    })
    expect(trace.logs[0]).toMatchObject({
      body: 'kaboom in the cart',
      severityNumber: 17,
      attributes: { a: 'b' },
    })
    const log = await get(getRow, RowResponse, { params: { source: 'logs', id: trace.logs[0]?.id ?? '' } })
    expect(log.row.Body).toBe('kaboom in the cart')
  })

  it('has a skeleton of arrays', async () => {
    const skeleton = await get(getTrace, TraceSkeleton, { params, url: 'http://localhost/api?view=skeleton' })
    expect(skeleton.spans.parent).toEqual([-1, 0, 0, -1])
    expect(skeleton.orphanParents).toEqual({ 3: 'feedfeedfeedfeed' })
    expect(skeleton.spans.startNs).toEqual([0, 6e9, 12e9, 18e9])
    expect(skeleton.spans.kind).toEqual([3, 2, 3, 2])
    expect(skeleton.spans.status).toEqual([2, 0, 0, 0])
    expect(skeleton.spans.marks).toEqual([0, 1 | 2 | 8, 0, 0])
    expect(skeleton.events).toEqual({ span: [1], atNs: [4], exception: [1] })
    expect(skeleton.logs).toHaveLength(1)
  })

  it('gives one span with its logs', async () => {
    const span = await get(getSpan, SpanResponse, { params: { ...params, spanId: '0000000000000001' } })
    expect(span.spans).toHaveLength(1)
    expect(span.logs).toHaveLength(1)
    expect((await call(getSpan, { params: { ...params, spanId: '00000000000000ff' } })).status).toBe(404)
  })

  it('refuses what is no trace id, and says when there is none', async () => {
    expect((await call(getTrace, { params: { traceId: 'xyz' } })).status).toBe(400)
    expect((await call(getTrace, { params: { traceId: 'f'.repeat(32) } })).status).toBe(404)
    const hinted = { params, url: `http://localhost/api?from=${FROM}&to=${encodeURIComponent(TO)}` }
    expect((await get(getTrace, TraceResponse, hinted)).spanCount).toBe(4)
  })
})

describe('the description of the API', () => {
  it('names every call with its schemas', () => {
    const document = openApiDocument()
    expect(Object.keys(document.paths)).toContain('/api/v1/traces/{traceId}')
    expect(document.paths['/api/v1/search']).toMatchObject({
      post: {
        operationId: 'search',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
      },
    })
    expect(JSON.stringify(document)).not.toContain('undefined')
  })
})

describe('around it', () => {
  it('lists sources with roles, and the newest record', async () => {
    const sources = await get(getSources, SourcesResponse)
    expect(sources.map((source) => [source.id, source.hasData])).toEqual([
      ['traces', true],
      ['logs', true],
      ['metrics', false],
    ])
    expect(sources[0]?.newest).toBe(formatIso(START + 599n * 6_000_000_000n + 5n))
    expect(sources[0]?.columns).toContainEqual({
      name: 'ServiceName',
      type: 'LowCardinality(String)',
      role: 'service',
    })
  })

  it('keeps service colours', async () => {
    const url = 'http://localhost/api?services=web,cart'
    expect(await get(getColors, ServiceColorsResponse, { url })).toEqual({ colors: { web: 0, cart: 1 } })
    const other = 'http://localhost/api?services=payment,cart'
    expect(await get(getColors, ServiceColorsResponse, { url: other })).toEqual({
      colors: { payment: 2, cart: 1 },
    })
  })

  it('says which part is missing', async () => {
    const response = await call(getHealth)
    expect(response.status).toBe(503)
    const health = HealthResponse.parse(await response.json())
    expect(health.missing).toEqual(['ingest'])
    expect(health.engine).toMatchObject({ embedded: true, version: expect.stringMatching(/^\d+\./) })
  })
})
