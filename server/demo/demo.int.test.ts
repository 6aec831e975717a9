import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestReceiver, type TestReceiver } from '@/server/ingest/testing'
import { benchTrace } from './bench-trace'
import { demoIsLoaded, lastDemoTime } from './last-demo-time'
import { loadHistory } from './load-history'
import { fillBenchmark } from './seed/benchmark'
import { referenceLogs, referenceSpans } from './seed/reference'
import { Sender } from './send'
import { startLive } from './start-live'

let receiver: TestReceiver

beforeAll(async () => {
  receiver = await startTestReceiver()
})
afterAll(() => receiver.stop())
beforeEach(async () => {
  for (const table of ['otel_traces', 'otel_logs'])
    await receiver.client.command({ query: `TRUNCATE TABLE ${table}` })
})

const number = async (query: string): Promise<number> =>
  Number((await receiver.rows<{ n: string }>(`SELECT ${query}`))[0]?.n)
const spans = () => number('count() AS n FROM otel_traces')
const logs = () => number('count() AS n FROM otel_logs')
const database = 'default'
const load = (more: { now: number; minutes: number; fromMs?: number }) =>
  loadHistory({ endpoint: receiver.http, seed: 'test', ...more })

test('history arrives whole through the front door, and going on from it repeats nothing', async () => {
  const now = Date.now()
  expect(await demoIsLoaded(receiver.client, database, now)).toBe(false)
  const first = await load({ now: now - 60_000, minutes: 2 })
  expect(await spans()).toBe(first.spans)
  expect(await logs()).toBe(first.logs)
  expect(await number('uniqExact(MetricName) AS n FROM otel_metrics_sum')).toBeGreaterThan(2)
  expect(
    await number("count() AS n FROM otel_logs WHERE ServiceName = 'recommendation' AND TraceId != ''"),
  ).toBeGreaterThan(5)

  const last = await lastDemoTime(receiver.client, database, now, 30)
  expect(last).toBeGreaterThan(now - 65_000)
  const second = await load({ now, minutes: 30, fromMs: last! + 1 })
  expect(second.spans).toBeGreaterThan(500)
  expect(await spans()).toBe(first.spans + second.spans)
  expect(await number('uniqExact(SpanId) AS n FROM otel_traces')).toBe(first.spans + second.spans)
})

test('the live stream sends what has happened, and stops at once', async () => {
  const live = startLive({ endpoint: receiver.http, seed: 'test', sinceMs: Date.now() - 20_000 })
  await expect.poll(spans, { timeout: 20_000 }).toBeGreaterThan(300)
  await live.stop()
  await live.done
  expect(await number('countIf(Timestamp > now64(9)) AS n FROM otel_traces')).toBe(0)
})

test('a bench trace arrives as one trace', async () => {
  const { traceId, requests } = benchTrace({ spanCount: 3000, seed: 'test', startMs: Date.now() - 600_000 })
  const sender = new Sender({ endpoint: receiver.http })
  for (const request of requests) await sender.traces(request)
  expect(sender.rejected).toBe(0)
  expect(await number(`count() AS n FROM otel_traces WHERE TraceId = '${traceId}'`)).toBe(3000)
})

test('a benchmark database has traces of their own, with their parents and logs', async () => {
  const endMs = Date.parse('2026-11-20T09:00:00Z')
  const filled = await fillBenchmark(receiver.client, { spans: 20_000, hours: 6, seed: 'test', endMs })
  expect(await spans()).toBe(filled.spans)
  expect(await logs()).toBe(filled.logs)
  expect(filled.spans).toBeGreaterThan(15_000)
  expect(await number('uniqExact(SpanId) AS n FROM otel_traces')).toBe(filled.spans)
  const first = "toDateTime('2026-11-20 02:50:00', 'UTC')"
  expect(
    await number(`countIf(Timestamp < ${first} OR Timestamp >= '2026-11-20 09:00:00') AS n FROM otel_traces`),
  ).toBe(0)
  const known = '(SELECT TraceId FROM otel_traces)'
  expect(
    await number(`count() AS n FROM otel_logs WHERE TraceId != '' AND TraceId NOT IN ${known}`),
  ).toBeLessThan(filled.logs / 50)
  const orphans = 'ParentSpanId NOT IN (SELECT SpanId FROM otel_traces)'
  expect(await number(`count() AS n FROM otel_traces WHERE ParentSpanId != '' AND ${orphans}`)).toBeLessThan(
    filled.spans / 50,
  )
  expect(await number("count() AS n FROM system.tables WHERE name LIKE 'spanlight_seed%'")).toBe(0)
})

test('the reference rows are the rows that the budgets were measured on', async () => {
  const options = { millions: 10, endMs: Date.parse('2026-11-20T09:00:00Z') }
  await receiver.client.command({ query: referenceSpans(options, 'FROM numbers(0, 2000)') })
  await receiver.client.command({ query: referenceLogs(options, 'FROM numbers(0, 2000)') })
  const hash = async (table: string, columns: string): Promise<string | undefined> =>
    (await receiver.rows<{ h: string }>(`SELECT toString(sum(cityHash64(${columns}))) AS h FROM ${table}`))[0]
      ?.h
  expect(
    await hash(
      'otel_traces',
      'Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, ResourceAttributes, ScopeName, SpanAttributes, Duration, StatusCode, StatusMessage',
    ),
  ).toBe('10817287176826178883')
  expect(
    await hash(
      'otel_logs',
      'Timestamp, TraceId, SpanId, TraceFlags, SeverityText, SeverityNumber, ServiceName, Body, ResourceAttributes, ScopeName, LogAttributes',
    ),
  ).toBe('5795040580112888073')
})
