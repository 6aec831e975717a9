import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SkipIndex, TableCapability } from '@/lib/otel/capability'
import { wordsExpression } from '@/lib/otel/words'
import { compile } from '@/lib/sql/fragment'
import { compileFilters } from './compile-filters'
import { compileSearch, unknownKeyWarnings } from './compile-search'
import { fieldExpression } from './field-expression'

const MAP = 'Map(LowCardinality(String), String)'
const LOGS: TableCapability = {
  kind: 'logs',
  database: 'default',
  table: 'otel_logs',
  columns: [
    { name: 'Timestamp', type: 'DateTime64(9)' },
    { name: 'ServiceName', type: 'LowCardinality(String)' },
    { name: 'SeverityNumber', type: 'UInt8' },
    { name: 'Body', type: 'String' },
    { name: 'LogAttributes', type: MAP },
    { name: 'ResourceAttributes', type: MAP },
  ],
  roles: {
    time: 'Timestamp',
    service: 'ServiceName',
    severityNumber: 'SeverityNumber',
    body: 'Body',
    attributes: 'LogAttributes',
    resource: 'ResourceAttributes',
  },
  durationUnit: 'ns',
  sortingKey: ['Timestamp'],
  partitionKey: '',
  timeKeys: [],
  indexes: [],
  rollups: [],
  items: {},
}
const index = (expression: string, typeFull: string): SkipIndex => ({
  name: 'i',
  type: typeFull.split('(')[0]!,
  typeFull,
  expression,
})
const logs = (...indexes: SkipIndex[]): TableCapability => ({
  ...LOGS,
  indexes,
  items: { LogAttributes: 'LogAttributeItems', ResourceAttributes: 'ResourceAttributeItems' },
})
const where = (text: string, table: TableCapability) => {
  const { where: condition, diagnostics } = compileSearch(text, table)
  expect(diagnostics).toEqual([])
  return compile(condition)
}

describe('the index decides the form, never the meaning', () => {
  const words = index(wordsExpression('Body'), "text(tokenizer = 'splitByNonAlpha')")

  test('words index: a word, and a part of one, need nothing else', () => {
    expect(where('Timeout', logs(words)).sql).toMatch(/^hasAllTokens\(if\(.*\), \{p0:String\}\)$/)
    expect(where('Timeout', logs(words)).params).toEqual({ p0: 'timeout' })
    expect(where('*Meou*', logs(words)).sql).toMatch(/^if\(.*\) LIKE \{p0:String\}$/)
    expect(where('*Meou*', logs(words)).params).toEqual({ p0: '%meou%' })
  })

  test('words index in a token filter: hasToken', () => {
    const filter = index(wordsExpression('Body'), 'tokenbf_v1(32768, 3, 0)')
    expect(where('timeout', logs(filter)).sql).toMatch(/^hasToken\(/)
  })

  test('phrases: whole words inside prune, the text decides', () => {
    const { sql, params } = where('"get /api/v1"', logs(words))
    expect(sql).toContain('hasAllTokens')
    expect(sql).toContain('ILIKE')
    expect(Object.values(params)).toContain('api')
    expect(Object.values(params)).not.toContain('get')
  })

  test('lower(Body): only pieces that cannot fold otherwise', () => {
    const lower = index('lower(Body)', 'text(tokenizer = splitByNonAlpha)')
    expect(where('timeout', logs(lower)).params.p0).toBe('%timeout%')
    expect(where('kaboom', logs(lower)).params.p0).toBe('%aboom%')
    expect(where('kiosks', logs(lower)).sql).not.toContain('LIKE {p0:String} AND if')
    expect(where('kaboom', logs(lower)).sql).toMatch(/^lower\(`Body`\) LIKE .* AND /)
  })

  test('a token filter on lower(Body) loses “timeout”…, so one word scans and phrases use it', () => {
    const filter = index('lower(Body)', 'tokenbf_v1(32768, 3, 0)')
    expect(where('timeout', logs(filter)).sql).not.toContain('hasToken')
    expect(where('"get /api/v1"', logs(filter)).sql).toContain('hasToken(lower(`Body`)')
  })

  test('an n-gram filter takes pieces of its length', () => {
    const filter = index('lower(Body)', 'ngrambf_v1(5, 32768, 3, 0)')
    expect(where('timeout', logs(filter)).sql).toContain('lower(`Body`) LIKE')
    expect(where('time', logs(filter)).sql).not.toContain('lower(`Body`)')
  })

  test('items: equality without the map, unless the separator makes it ambiguous', () => {
    const items = index('LogAttributeItems', "text(tokenizer = 'array')")
    const exact = where('LogAttributes.user.id:"777"', logs(items))
    expect(exact).toEqual({ sql: 'has(`LogAttributeItems`, {p0:String})', params: { p0: 'user.id=777' } })
    const ambiguous = where('LogAttributes.user.id:"7=7"', logs(items)).sql
    expect(ambiguous).toMatch(/^has\(`LogAttributeItems`, .* AND \(`LogAttributes`\[.*\] = /)
    expect(where('LogAttributes.user.id:"777"', logs()).sql).not.toContain('has(')
  })

  test('keys: an index on them is asked first', () => {
    const keys = index('mapKeys(LogAttributes)', 'bloom_filter(0.01)')
    expect(where('LogAttributes.user.id:7', logs(keys)).sql).toMatch(/^mapContains\(/)
    expect(where('LogAttributes.user.id:7', logs()).sql).not.toContain('mapContains')
  })
})

test('no value and no key ever reaches the SQL text', () => {
  const sentinel = 'S3ntinel'
  const texts = [
    'S3ntinel',
    '"S3ntinel"',
    'S3ntinel*',
    'S3ntinel-x',
    'service:S3ntinel',
    'service:"S3ntinel"',
    'service:S3*ntinel',
    'S3ntinel:x',
    'S3ntinel:*',
    "LogAttributes['S3ntinel']:x",
    'resource.S3ntinel:"x"',
    'f:/S3ntinel/',
    'f:>S3ntinel',
    'f:[S3ntinel TO *]',
    'level:"S3ntinel"',
    `f:'S3ntinel'`,
    'f:"S3ntinel\'; DROP TABLE x --"',
  ]
  for (const text of texts) {
    for (const table of [logs(), logs(index('lower(Body)', 'text(tokenizer = splitByNonAlpha)'))]) {
      const { sql, params } = where(text, table)
      expect(sql, text).not.toMatch(new RegExp(sentinel, 'i'))
      expect(JSON.stringify(params).toLowerCase(), text).toContain(
        text.includes('S3*') ? 's3' : sentinel.toLowerCase(),
      )
    }
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      const { where: condition } = compileSearch(`f:"${sentinel}${text}`, LOGS)
      expect(compile(condition).sql).not.toContain(sentinel)
    }),
  )
})

test('the fields that a search reads, by their canonical names', () => {
  const { fields, keys } = compileSearch('boom service:cart -resource.host.name:x user.id:7', LOGS)
  expect(fields).toEqual(['Body', 'ServiceName', 'ResourceAttributes.host.name', 'user.id'])
  expect(keys.map(({ key, columns }) => [key, columns])).toEqual([
    ['host.name', ['ResourceAttributes']],
    ['user.id', ['LogAttributes', 'ResourceAttributes']],
  ])
  const text = 'a usr.id:7'
  expect(unknownKeyWarnings(compileSearch(text, LOGS).keys, ['user.id', 'x'])).toEqual([
    {
      severity: 'warning',
      code: 'unknown_field',
      message: 'Nothing with the attribute usr.id was seen.',
      hint: 'Did you mean user.id?',
      from: 2,
      to: 8,
    },
  ])
})

test('field expressions: columns, aliases, keys', () => {
  expect(fieldExpression('servicename', LOGS)).toMatchObject({
    field: 'ServiceName',
    type: 'LowCardinality(String)',
  })
  expect(fieldExpression('service', LOGS)?.field).toBe('ServiceName')
  expect(fieldExpression('host', LOGS)).toMatchObject({ field: 'host.name', type: 'String' })
  expect(compile(fieldExpression('user.id', LOGS)!.expr).sql).toMatch(/^if\(mapContains\(/)
  expect(fieldExpression('x', { ...LOGS, roles: {} })).toBeNull()
})

describe('filters', () => {
  const sqlOf = (filters: Parameters<typeof compileFilters>[0], except?: string) =>
    compile(compileFilters(filters, logs(index('LogAttributeItems', "text(tokenizer = 'array')")), except))

  test('in, notIn, min and max', () => {
    expect(sqlOf({ ServiceName: { in: ['a', 'b'] } })).toEqual({
      sql: '(`ServiceName` IN {p0:Array(String)})',
      params: { p0: ['a', 'b'] },
    })
    expect(sqlOf({ ServiceName: { notIn: ['a'] } }).sql).toMatch(/^\(NOT \(/)
    expect(sqlOf({ 'LogAttributes.user.id': { in: ['1', '2'] } }).sql).toBe(
      '(hasAny(`LogAttributeItems`, {p0:Array(String)}))',
    )
    expect(sqlOf({ SeverityNumber: { min: 9, max: '17' } }).params).toEqual({ p0: 9n, p1: 17n })
    expect(sqlOf({ ServiceName: { in: [] } }).sql).toBe('(0)')
    expect(sqlOf({}).sql).toBe('1')
  })

  test("a facet's own filter is left out, under any of its names", () => {
    expect(sqlOf({ service: { in: ['a'] } }, 'ServiceName').sql).toBe('1')
    expect(sqlOf({ ServiceName: { in: ['a'] } }, 'service').sql).toBe('1')
  })

  test('a value that the column cannot take is refused', () => {
    expect(() => sqlOf({ SeverityNumber: { in: ['high'] } })).toThrow(/SeverityNumber is UInt8/)
  })
})
