import { randomBytes } from 'node:crypto'

/** Builds and sends traces as an exporter would, so that a test knows what it will see. */

export interface TestSpan {
  id: number
  /** Id of the parent; 0 for a root. */
  parent?: number
  name: string
  service?: string
  startMs?: number
  durationMs?: number
  error?: string
  attributes?: Record<string, string>
  exception?: { type: string; message: string; stacktrace: string }
  linkTo?: string
}

export interface TestLog {
  span?: number
  atMs: number
  severity?: 'INFO' | 'WARN' | 'ERROR'
  body: string
}

const NUMBERS = { INFO: 9, WARN: 13, ERROR: 17 } as const
const SPANS_PER_REQUEST = 5000

export function newTraceId(): string {
  return randomBytes(16).toString('hex')
}

export function spanIdOf(id: number): string {
  return id.toString(16).padStart(16, '0')
}

const attributes = (values: Record<string, string> = {}) =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }))

/** Sends spans and logs of one trace that started two minutes ago, unless told: old enough to have arrived. */
export async function sendTrace(
  otlpUrl: string,
  traceId: string,
  spans: readonly TestSpan[],
  logs: readonly TestLog[] = [],
  originMs = Date.now() - 120_000,
): Promise<void> {
  const origin = BigInt(originMs) * 1_000_000n
  const nanos = (ms: number) => String(origin + BigInt(Math.round(ms * 1e6)))
  for (let from = 0; from < spans.length; from += SPANS_PER_REQUEST) {
    const byService = new Map<string, TestSpan[]>()
    for (const span of spans.slice(from, from + SPANS_PER_REQUEST)) {
      const service = span.service ?? 'shop'
      const members = byService.get(service)
      if (members) members.push(span)
      else byService.set(service, [span])
    }
    await post(`${otlpUrl}/v1/traces`, {
      resourceSpans: [...byService].map(([service, members]) => ({
        resource: { attributes: attributes({ 'service.name': service, 'host.name': 'test-host' }) },
        scopeSpans: [
          { scope: { name: 'e2e' }, spans: members.map((span) => wireSpan(span, traceId, nanos)) },
        ],
      })),
    })
  }
  if (logs.length === 0) return
  await post(`${otlpUrl}/v1/logs`, {
    resourceLogs: [
      {
        resource: { attributes: attributes({ 'service.name': 'shop' }) },
        scopeLogs: [
          {
            logRecords: logs.map((log) => ({
              timeUnixNano: nanos(log.atMs),
              traceId,
              spanId: log.span ? spanIdOf(log.span) : '',
              severityText: log.severity ?? 'INFO',
              severityNumber: NUMBERS[log.severity ?? 'INFO'],
              body: { stringValue: log.body },
              attributes: attributes({ thread: '11' }),
            })),
          },
        ],
      },
    ],
  })
}

function wireSpan(span: TestSpan, traceId: string, nanos: (ms: number) => string) {
  const start = span.startMs ?? 0
  const end = start + (span.durationMs ?? 10)
  return {
    traceId,
    spanId: spanIdOf(span.id),
    parentSpanId: span.parent ? spanIdOf(span.parent) : '',
    name: span.name,
    kind: 2,
    startTimeUnixNano: nanos(start),
    endTimeUnixNano: nanos(end),
    attributes: attributes(span.attributes),
    status: span.error === undefined ? {} : { code: 2, message: span.error },
    links: span.linkTo ? [{ traceId: span.linkTo, spanId: spanIdOf(1) }] : [],
    events: span.exception
      ? [
          {
            timeUnixNano: nanos(end),
            name: 'exception',
            attributes: attributes({
              'exception.type': span.exception.type,
              'exception.message': span.exception.message,
              'exception.stacktrace': span.exception.stacktrace,
            }),
          },
        ]
      : [],
  }
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}
