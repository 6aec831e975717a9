import { describe, expect, it } from 'vitest'
import { parseIso } from '@/lib/time/range'
import { skeletonOf } from '@/lib/trace/fixture'
import { keyed } from './keyed'
import { inTraceSearchOptions, isStillArriving } from './queries'
import { attributeHref, logsAroundHref, similarSpansHref, traceHref } from './search-links'
import { severityLabel, severityTone } from './severity'

const span = {
  service: 'payment',
  name: 'charge & "refund"',
  start: '2026-11-20T09:00:00.000000000Z',
  durationNs: '2000000000',
}
const paramsOf = (href: string) => new URL(href, 'http://x').searchParams

describe('links to Search', () => {
  it('find spans like this one, around its time', () => {
    const params = paramsOf(similarSpansHref(span))
    expect(JSON.parse(params.get('filters') ?? '')).toEqual({
      ServiceName: { in: ['payment'] },
      SpanName: { in: ['charge & "refund"'] },
    })
    expect(params.get('from')).toBe('2026-11-20T08:30:00.000000000Z')
  })

  it('find logs of the service while the span ran, five seconds more on both sides', () => {
    const params = paramsOf(logsAroundHref(span))
    expect(params.get('source')).toBe('logs')
    expect(params.get('from')).toBe('2026-11-20T08:59:55.000000000Z')
    expect(params.get('to')).toBe('2026-11-20T09:00:07.000000000Z')
  })

  it('carry any value without breaking out of the address', () => {
    const value = `a&b=c#d'"; DROP TABLE`
    const params = paramsOf(attributeHref('traces', 'SpanAttributes.x', value, 'notIn', span.start))
    expect(JSON.parse(params.get('filters') ?? '')).toEqual({ 'SpanAttributes.x': { notIn: [value] } })
    expect(traceHref('../../evil', 'a?b')).toBe('/trace/..%2F..%2Fevil?span=a%3Fb')
  })
})

describe('severity', () => {
  it('goes by number, then by text', () => {
    expect(severityTone(17, '')).toBe('error')
    expect(severityTone(0, 'warning')).toBe('warn')
    expect(severityTone(0, 'whatever')).toBe('debug')
    expect(severityTone(9, 'ERROR')).toBe('info')
    expect(severityLabel(21, '')).toBe('FATAL')
    expect(severityLabel(0, '')).toBe('–')
    expect(severityLabel(9, 'notice')).toBe('NOTICE')
  })
})

it('numbers keys that repeat', () => {
  expect(keyed(['a', 'b', 'a'], (item) => item).map(({ key }) => key)).toEqual(['a', 'b', 'a#2'])
})

it('takes a trace for unfinished while its end is less than a minute old', () => {
  const end = '2026-11-20T09:00:00.000000000Z'
  const endMs = Number((parseIso(end) ?? 0n) / 1_000_000n)
  expect(isStillArriving({ end }, endMs + 59_000)).toBe(true)
  expect(isStillArriving({ end }, endMs + 61_000)).toBe(false)
  expect(isStillArriving({ end: 'never' }, endMs)).toBe(false)
})

it('searches within one trace, and only when something is asked for', () => {
  const trace = skeletonOf([{ id: 'a' }])
  expect(inTraceSearchOptions(trace, ' ').enabled).toBe(false)
  const [, request] = inTraceSearchOptions(trace, 'x:1').queryKey
  expect(request).toMatchObject({ filters: { TraceId: { in: [trace.traceId] } }, query: 'x:1' })
})
