import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '@/lib/api/problem'
import { SearchResponse } from '@/lib/api/search'
import { formatIso } from '@/lib/time/range'
import { POST as postFacets } from '@/server/http/routes/facets'
import { POST as postHistogram } from '@/server/http/routes/histogram'
import { POST as postSearch } from '@/server/http/routes/search'
import { call, startTestApp, type TestApp } from './testing/test-app'

/** Requests that nobody sends by accident: each gets a clear answer, none a 500 and none the engine's insides. */

const START = 1_790_000_000_000_000_000n
const selection = { source: 'logs', from: formatIso(START), to: formatIso(START + 3_600_000_000_000n) }

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  const log = (i: number) => ({
    Timestamp: formatIso(START + BigInt(i)),
    ServiceName: `svc-${i}`,
    Body: 'a b',
  })
  await app.insert('otel_logs', [log(1), log(2), log(3)])
})
afterAll(() => app.stop())

async function problem(body: object, handler = postSearch): Promise<Problem> {
  const response = await call(handler, { body: { ...selection, ...body } })
  const text = await response.text()
  expect(response.headers.get('content-type'), text.slice(0, 300)).toBe('application/problem+json')
  return Problem.parse(JSON.parse(text))
}

async function search(body: object): Promise<SearchResponse> {
  const response = await call(postSearch, { body: { ...selection, ...body } })
  return SearchResponse.parse(await response.json())
}

describe('patterns that are too large for the engine', () => {
  it.each([
    ['a regex of large classes', 'Body:/[\\p{L}\\p{N}]{1000}/'],
    ['20,000 wildcards', 'a*'.repeat(20_000)],
  ])('%s is a mistake of the search', async (_, query) => {
    for (const handler of [postSearch, postHistogram, postFacets]) {
      const found = await problem({ query }, handler)
      expect(found).toMatchObject({ code: 'search_syntax', position: { from: 0, to: query.length } })
      expect(found.detail).toContain('too large')
      expect(found.detail.length).toBeLessThan(200)
    }
  })
})

describe('columns', () => {
  it.each(['_id', '__time', '__like', '__hash', '__k0'])(
    'a name that rows need themselves: %s',
    async (name) => {
      const found = await problem({ columns: ['Timestamp', name] })
      expect(found).toMatchObject({
        code: 'invalid_request',
        hint: expect.stringContaining(`attributes.${name}`),
      })
      expect((await search({ columns: [`attributes.${name}`] })).rows).toHaveLength(3)
    },
  )
})

describe('SQL that names parameters', () => {
  it.each(["{p0:String} = ''", '{p1:Int64} > 0', 'Body = {x:String}'])('%s', async (query) => {
    expect((await problem({ language: 'sql', query })).code).toBe('sql_error')
    expect((await problem({ columns: [query] })).code).toBe('sql_error')
  })

  it('inside quotes they are text, and maps are maps', async () => {
    const query = "Body != '{p0:String}' AND map('a', 1)['a'] = 1"
    const found = await search({ language: 'sql', query })
    expect(found.rows).toHaveLength(3)
    expect(found.sql).toContain("'{p0:String}'")
  })
})

describe('errors of a person’s SQL', () => {
  it.each(['nosuchcolumn = 1', 'lower(Body, 1, 2)', 'count() > 1', 'Body > 5'])('%s', async (query) => {
    const found = await problem({ language: 'sql', query })
    expect(found.code).toBe('sql_error')
    expect(found.detail).not.toMatch(/scope|__time|SELECT|sipHash|__table/)
  })

  it('a query that ends too early', async () => {
    expect((await problem({ language: 'sql', query: 'Body = 1 OR' })).detail).not.toMatch(/format|scope/)
  })
})

describe('forged cursors', () => {
  const orderBy = [{ by: 'ServiceName', dir: 'asc' }]
  type Body = { keys: { v: string; t: string }[]; from: string; to: string; tie?: object; w: number }

  async function forged(change: (body: Body) => object, by: object = { orderBy }): Promise<Problem> {
    const { nextCursor } = await search({ ...by, limit: 1 })
    const body = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString()) as Body
    const cursor = Buffer.from(JSON.stringify({ ...body, ...change(body) })).toString('base64url')
    return problem({ ...by, limit: 1, cursor })
  }

  it.each([
    ['a type that is no plain value', 'AggregateFunction(uniq, String)'],
    ['a type that is none', "String'), (1"],
    ['a type that the value has not', 'UInt64'],
  ])('%s', async (_, t) => {
    const found = await forged((body) => ({ keys: [{ v: 'svc-1', t }, body.keys[1]] }))
    expect(found.code).toBe('invalid_request')
  })

  it.each([
    ['a range beyond all times', () => ({ from: '0', to: '99999999999999999999' })],
    ['a time beyond all times', () => ({ keys: [{ v: '9999999999999999999', t: 'time' }] })],
    ['a hash that is none', () => ({ tie: { h: '99999999999999999999', n: 1 } })],
  ])('%s', async (_, change) => {
    expect((await forged(change, {})).code).toBe('invalid_request')
  })

  it('keys in the wrong places', async () => {
    const found = await forged((body) => ({ keys: [...body.keys].reverse() }))
    expect(found.code).toBe('invalid_request')
  })
})

describe('names that JavaScript knows', () => {
  it('a filter on __proto__ is refused rather than forgotten', async () => {
    const body = JSON.stringify(selection).replace('}', ',"filters":{"__proto__":{"in":["a"]}}}')
    const response = await call(postSearch, { body })
    expect(Problem.parse(await response.json())).toMatchObject({ code: 'invalid_request' })
  })
})
