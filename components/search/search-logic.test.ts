import { describe, expect, it } from 'vitest'
import { buildSearchRequest, buildSelection, nextSort, parseSort } from './build-request'
import { carriedColumns, columnsParam, withColumn } from './columns'
import { switchSource } from './switch-source'
import type { SearchState } from './use-search-state'

const now = Date.parse('2026-11-20T12:00:00Z')
const state: SearchState = {
  source: 'traces',
  q: '',
  lang: 'lucene',
  from: 'now-30m',
  to: 'now',
  filters: {},
  root: false,
  cols: null,
  sort: '',
  row: '',
  tab: 'overview',
  live: false,
}

describe('buildSelection', () => {
  it('resolves a relative range when the query is made', () => {
    expect(buildSelection(state, now)).toEqual({
      source: 'traces',
      from: '2026-11-20T11:30:00.000000000Z',
      to: '2026-11-20T12:00:00.000000000Z',
    })
  })
  it('turns root spans into a filter, for traces only', () => {
    expect(buildSelection({ ...state, root: true }, now)?.filters).toEqual({ ParentSpanId: { in: [''] } })
    expect(buildSelection({ ...state, source: 'logs', root: true }, now)?.filters).toBeUndefined()
  })
  it('refuses a range that cannot be read', () => {
    expect(buildSelection({ ...state, from: 'yesteryear' }, now)).toBeNull()
  })
})

describe('buildSearchRequest', () => {
  const selection = buildSelection(state, now)!
  it('asks for what rows need beside the visible columns, once', () => {
    const { columns } = buildSearchRequest(selection, { ...state, cols: ['ServiceName', 'http.route'] })
    expect(columns).toEqual([
      'ServiceName',
      'http.route',
      'Timestamp',
      'TraceId',
      'SpanId',
      'SpanName',
      'StatusCode',
    ])
  })
  it('sorts by time through order and by others through orderBy', () => {
    expect(buildSearchRequest(selection, { ...state, sort: 'Timestamp:asc' }).order).toBe('asc')
    expect(buildSearchRequest(selection, { ...state, sort: 'Duration:desc' }).orderBy).toEqual([
      { by: 'Duration', dir: 'desc' },
    ])
  })
})

it('sorts down, up, and back to newest first', () => {
  expect(nextSort('', 'Duration')).toBe('Duration:desc')
  expect(nextSort('Duration:desc', 'Duration')).toBe('Duration:asc')
  expect(nextSort('Duration:asc', 'Duration')).toBe('')
  expect(nextSort('', 'Timestamp')).toBe('Timestamp:asc')
  expect(parseSort("SpanAttributes['a:b']:asc")).toEqual({ by: "SpanAttributes['a:b']", dir: 'asc' })
})

describe('a switch of the source', () => {
  it('keeps what both have', () => {
    const patch = switchSource(
      {
        ...state,
        q: 'x',
        filters: {
          ServiceName: { in: ['cart'] },
          StatusCode: { in: ['Error'] },
          'SpanAttributes.user.id': { in: ['7'] },
        },
        row: 'r',
        root: true,
      },
      'logs',
    )
    expect(patch.filters).toEqual({ ServiceName: { in: ['cart'] }, 'LogAttributes.user.id': { in: ['7'] } })
    expect(patch).not.toHaveProperty('q')
    expect(patch.root).toBeNull()
  })
  it('puts a new column before the wide text at the end', () => {
    expect(withColumn(['Timestamp', 'Body'], 'host')).toEqual(['Timestamp', 'host', 'Body'])
    expect(withColumn(['Timestamp', 'SpanName'], 'host')).toEqual(['Timestamp', 'SpanName', 'host'])
  })
  it('carries added columns over', () => {
    expect(carriedColumns('traces', 'logs', ['Timestamp', 'SpanName', 'user.id', 'SpanKind'])).toEqual([
      'Timestamp',
      'SeverityText',
      'ServiceName',
      'user.id',
      'Body',
    ])
    expect(carriedColumns('traces', 'logs', null)).toBeNull()
  })
  it('leaves the default columns out of the address', () => {
    expect(columnsParam('logs', ['Timestamp', 'SeverityText', 'ServiceName', 'Body'])).toBeNull()
  })
})
