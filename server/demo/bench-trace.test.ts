import { expect, test } from 'vitest'
import { benchTrace } from './bench-trace'

const build = (spanCount: number) => {
  const { traceId, requests } = benchTrace({ spanCount, seed: 'test', startMs: 1_795_000_000_000 })
  const spans = [...requests].flatMap((request) =>
    request.resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans)),
  )
  return { traceId, spans }
}

test.each([1, 7, 50_000])('a trace of %i spans is one tree inside its root', (count) => {
  const { traceId, spans } = build(count)
  expect(spans.length).toBe(count)
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  expect(byId.size).toBe(count)
  expect(spans.filter((span) => span.parentSpanId === undefined).length).toBe(1)
  const outside = spans.filter((span) => {
    const parent = byId.get(span.parentSpanId ?? '')
    if (span.traceId !== traceId || (span.parentSpanId !== undefined && !parent)) return true
    if (!parent) return false
    const [from, to] = [BigInt(parent.startTimeUnixNano), BigInt(parent.endTimeUnixNano)]
    return BigInt(span.startTimeUnixNano) < from || BigInt(span.endTimeUnixNano) > to
  })
  expect(outside).toEqual([])
})

test('is the same for the same seed', () => {
  expect(build(2000)).toEqual(build(2000))
})
