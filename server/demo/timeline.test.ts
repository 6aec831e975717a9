import { describe, expect, test } from 'vitest'
import type { OtlpSpan } from './core/otlp'
import type { SpanRecord } from './core/records'
import { pointsIn } from './load-history'
import { type Exported, generateTraces, steps } from './timeline'

const NOW = Date.parse('2026-11-20T10:00:00Z')
const MINUTE = 60_000
const at = (fromMin: number, toMin: number, seed = 'test') => ({
  seed,
  anchorMs: NOW,
  fromMs: NOW + fromMin * MINUTE,
  toMs: NOW + toMin * MINUTE,
})

function gather(fromMin: number, toMin: number, seed?: string): Exported {
  const all: Exported = { spans: [], logs: [], metrics: [] }
  for (const step of steps(at(fromMin, toMin, seed))) {
    all.spans.push(...step.spans)
    all.logs.push(...step.logs)
    all.metrics.push(...step.metrics)
  }
  return all
}

const value = (record: SpanRecord, key: string): string | undefined => {
  const found = record.span.attributes.find((attribute) => attribute.key === key)?.value
  return found?.stringValue ?? found?.intValue
}
const isError = (record: SpanRecord): boolean => record.span.status.code === 2
const ids = (exported: Exported): string[] => exported.spans.map(({ span }) => span.spanId).sort()

const half = gather(-30, 0)

describe('the timeline', () => {
  test('is the same for the same seed and another for another', () => {
    const requests = (seed: string) => JSON.stringify([...generateTraces(at(-2, -1, seed))])
    expect(requests('a')).toBe(requests('a'))
    expect(requests('a')).not.toBe(requests('b'))
  })

  test('has windows that fit together without loss or repetition', () => {
    const whole = gather(-6, -2)
    const parts = [gather(-6, -4.123), gather(-4.123, -2)]
    expect(parts.flatMap(ids).sort()).toEqual(ids(whole))
    expect(parts[0]!.logs.length + parts[1]!.logs.length).toBe(whole.logs.length)
    expect(parts[0]!.metrics.length + parts[1]!.metrics.length).toBe(whole.metrics.length)
  })

  test('exports a span when it has ended', () => {
    const wrong = half.spans.filter(
      ({ span, emitMs }) =>
        Math.abs(Number(BigInt(span.endTimeUnixNano)) / 1e6 - emitMs) > 0.01 ||
        emitMs < NOW - 30 * MINUTE ||
        emitMs >= NOW,
    )
    expect(wrong).toEqual([])
  })

  test('is about half an hour of a busy shop', () => {
    expect(half.spans.length).toBeGreaterThan(70_000)
    expect(half.spans.length).toBeLessThan(140_000)
    expect(half.logs.length).toBeGreaterThan(20_000)
  })
})

describe('traces', () => {
  const byTrace = new Map<string, SpanRecord[]>()
  for (const record of half.spans) {
    const spans = byTrace.get(record.span.traceId)
    if (spans) spans.push(record)
    else byTrace.set(record.span.traceId, [record])
  }

  test('have unique span ids and children within their parents', () => {
    expect(new Set(half.spans.map(({ span }) => span.spanId)).size).toBe(half.spans.length)
    const byId = new Map(half.spans.map((record) => [record.span.spanId, record.span]))
    const [start, end] = [
      (span: OtlpSpan) => BigInt(span.startTimeUnixNano),
      (span: OtlpSpan) => BigInt(span.endTimeUnixNano),
    ]
    const wrong = half.spans.filter(({ span }) => {
      const parent = span.parentSpanId ? byId.get(span.parentSpanId) : undefined
      if (end(span) < start(span)) return true
      if (!parent) return false
      if (parent.traceId !== span.traceId || start(span) < start(parent)) return true
      // A consumer runs after its caller has gone on.
      return span.kind !== 5 && end(span) > end(parent)
    })
    expect(wrong).toEqual([])
  })

  test('are small, wide, deep and, rarely, huge', () => {
    const sizes = [...byTrace.values()].map((spans) => spans.length)
    expect(sizes.filter((size) => size > 200).length).toBeGreaterThan(3)
    expect(Math.max(...sizes)).toBeGreaterThan(3000)
    expect([...byTrace.values()].some((spans) => depth(spans) > 30)).toBe(true)
  })

  test('link a consumer to the producers of other traces', () => {
    const producers = new Set(half.spans.filter(({ span }) => span.kind === 4).map(({ span }) => span.spanId))
    const links = half.spans.flatMap(({ span }) => (span.links ?? []).map((link) => ({ span, link })))
    expect(links.length).toBeGreaterThan(100)
    const known = links.filter(({ link }) => producers.has(link.spanId))
    expect(known.length).toBeGreaterThan(links.length * 0.95)
    expect(known.every(({ span, link }) => span.traceId !== link.traceId)).toBe(true)
  })

  test('hold chat, embedding, agent and tool spans of the LLM gateway', () => {
    const llm = half.spans.filter((record) => value(record, 'gen_ai.operation.name') !== undefined)
    const operations = new Set(llm.map((record) => value(record, 'gen_ai.operation.name')))
    expect([...operations].sort()).toEqual(['chat', 'embeddings', 'execute_tool', 'invoke_agent'])
    expect(llm.some((record) => value(record, 'mcp.method.name') === 'tools/call')).toBe(true)
    for (const record of llm) {
      for (const key of ['gen_ai.input.messages', 'gen_ai.output.messages']) {
        const messages = value(record, key)
        if (messages) expect(JSON.parse(messages)[0].parts[0].type).toMatch(/^(text|tool_call)/)
      }
    }
    const events = new Set(llm.flatMap(({ span }) => (span.events ?? []).map((event) => event.name)))
    expect(events).toContain('gen_ai.user.message')
    expect(events).toContain('gen_ai.choice')
  })

  test('record exceptions with stack traces in several languages', () => {
    const languages = new Set(
      half.spans
        .filter(({ span }) =>
          span.events?.some((event) => event.attributes.some(({ key }) => key === 'exception.stacktrace')),
        )
        .map(({ pod }) => pod.definition.language),
    )
    for (const language of ['nodejs', 'go', 'java', 'python']) expect(languages).toContain(language)
  })
})

describe('the incident', () => {
  const charges = half.spans.filter((record) => value(record, 'payment.outcome') !== undefined)
  const incident = charges.filter(({ emitMs }) => emitMs > NOW - 12 * MINUTE)
  const guilty = ({ pod }: SpanRecord) => pod.version === '2.14.1' && pod.region === 'eu-west-1'

  test('fails visa on 2.14.1 in eu-west-1, severely and then partly', () => {
    const rate = (fromMin: number, toMin: number): number => {
      const hit = incident.filter(
        (charge) =>
          guilty(charge) &&
          value(charge, 'payment.card.type') === 'visa' &&
          charge.emitMs >= NOW + fromMin * MINUTE &&
          charge.emitMs < NOW + toMin * MINUTE,
      )
      expect(hit.length).toBeGreaterThan(15)
      return hit.filter(isError).length / hit.length
    }
    expect(rate(-11.5, -5.2)).toBeGreaterThan(0.8)
    expect(rate(-4.8, 0)).toBeGreaterThan(0.1)
    expect(rate(-4.8, 0)).toBeLessThan(0.6)
  })

  test('spares every other version, region, card and time', () => {
    const others = charges.filter(
      (charge) =>
        charge.emitMs < NOW - 12 * MINUTE || !guilty(charge) || value(charge, 'payment.card.type') !== 'visa',
    )
    expect(others.length).toBeGreaterThan(500)
    expect(others.filter(isError)).toEqual([])
    expect(
      incident.some((charge) => charge.pod.version === '2.14.1' && charge.pod.region === 'us-east-1'),
    ).toBe(true)
  })

  test('comes back: every half hour has one', () => {
    const errors = (fromMin: number, toMin: number) =>
      gather(fromMin, toMin).spans.filter(
        (record) => record.pod.service === 'payment' && value(record, 'error.type') === '504',
      )
    expect(errors(24, 28).length).toBeGreaterThan(20)
  })
})

describe('logs', () => {
  test('carry their trace in the field, in attributes, in the body, or not at all', () => {
    const of = (service: string) => half.logs.filter(({ pod }) => pod.service === service)
    expect(of('payment').filter(({ log }) => log.traceId !== undefined).length).toBeGreaterThan(500)
    const cart = of('cart').find(({ log }) => log.attributes.some(({ key }) => key === 'trace_id'))
    expect(cart?.log.traceId).toBeUndefined()
    const body = of('recommendation').find(({ log }) => log.body.stringValue?.includes('trace_id'))
    expect(JSON.parse(body?.log.body.stringValue ?? '').trace_id).toMatch(/^[0-9a-f]{32}$/)
    expect(of('currency').some(({ log }) => JSON.stringify(log).includes('trace_id'))).toBe(false)
  })

  test('say what was rolled out before the incident', () => {
    expect(half.logs.some(({ log }) => log.body.stringValue?.includes('payment:2.14.1'))).toBe(true)
  })
})

describe('metrics', () => {
  const metrics = half.metrics.flatMap((request) =>
    request.resourceMetrics.flatMap((resource) => resource.scopeMetrics.flatMap((scope) => scope.metrics)),
  )

  test('are of all five types, with both temporalities and exemplars of sent traces', () => {
    for (const type of ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const) {
      expect(metrics.some((metric) => metric[type])).toBe(true)
    }
    expect(new Set(metrics.flatMap((metric) => metric.sum?.aggregationTemporality ?? []))).toEqual(
      new Set([1, 2]),
    )
    const traces = new Set(half.spans.map(({ span }) => span.traceId))
    const exemplars = metrics.flatMap(
      (metric) => metric.histogram?.dataPoints.flatMap((point) => point.exemplars ?? []) ?? [],
    )
    expect(exemplars.length).toBeGreaterThan(100)
    expect(exemplars.every((exemplar) => traces.has(exemplar.traceId))).toBe(true)
  })

  test('count in buckets what they count in sum', () => {
    for (const point of metrics.flatMap((metric) => metric.histogram?.dataPoints ?? [])) {
      expect(point.bucketCounts.length).toBe(point.explicitBounds.length + 1)
      expect(point.bucketCounts.reduce((sum, count) => sum + Number(count), 0)).toBe(Number(point.count))
    }
    for (const point of metrics.flatMap((metric) => metric.exponentialHistogram?.dataPoints ?? [])) {
      const counted = point.positive.bucketCounts.reduce((sum, count) => sum + Number(count), 0)
      expect(counted + Number(point.zeroCount)).toBe(Number(point.count))
    }
    expect(half.metrics.reduce((sum, request) => sum + pointsIn(request), 0)).toBeGreaterThan(10_000)
  })

  test('have cumulative counters that only grow while their process lives', () => {
    const seen = new Map<string, { start: string; value: number }>()
    for (const request of half.metrics) {
      for (const { resource, scopeMetrics } of request.resourceMetrics) {
        const pod = JSON.stringify(resource.attributes.find(({ key }) => key === 'k8s.pod.name'))
        for (const metric of scopeMetrics.flatMap((scope) => scope.metrics)) {
          if (metric.name !== 'process.cpu.time') continue
          for (const point of metric.sum!.dataPoints) {
            const key = pod + JSON.stringify(point.attributes)
            const before = seen.get(key)
            if (before?.start === point.startTimeUnixNano)
              expect(point.asDouble).toBeGreaterThan(before.value)
            seen.set(key, { start: point.startTimeUnixNano, value: point.asDouble! })
          }
        }
      }
    }
    expect(seen.size).toBeGreaterThan(50)
  })
})

function depth(spans: readonly SpanRecord[]): number {
  const parents = new Map(spans.map(({ span }) => [span.spanId, span.parentSpanId]))
  const deep = (id: string | undefined): number => (id === undefined ? 0 : 1 + deep(parents.get(id)))
  return Math.max(...spans.map(({ span }) => deep(span.spanId)))
}
