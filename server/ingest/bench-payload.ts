import { encodeMessage } from '@/lib/otel/otlp/json-to-protobuf'
import type { KeyValue, RequestJson, Span } from '@/lib/otel/otlp/testing/otlp-json'

const ROUTES = ['/api/cart', '/api/checkout', '/api/products/:id', '/api/recommendations', '/healthz']

/** An ExportTraceServiceRequest as a busy service sends it: about ten attributes a span, some events and errors. */
export function benchPayload(seed: number, spans: number, nowMs: number): Uint8Array<ArrayBuffer> {
  const random = randomFrom(seed + 1)
  const attributes = strings({
    'service.name': `svc-${seed % 12}`,
    'service.version': '1.4.2',
    'service.instance.id': hex(random, 16),
    'telemetry.sdk.language': 'nodejs',
    'host.name': `node-${seed % 5}`,
    'k8s.pod.name': `svc-${seed % 12}-7d9c6bf-${seed}`,
  })
  const scope = { name: '@opentelemetry/instrumentation-http', version: '0.203.0' }
  const list = Array.from({ length: spans }, (_, i) => benchSpan(random, i, nowMs))
  const request: RequestJson = {
    resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope, spans: list }] }],
  }
  return Uint8Array.from(encodeMessage('TracesRequest', request))
}

function benchSpan(random: () => number, i: number, nowMs: number): Span {
  const route = ROUTES[Math.floor(random() * ROUTES.length)]!
  const start = BigInt(nowMs) * 1_000_000n - BigInt(Math.floor(random() * 60e9))
  const failed = random() < 0.03
  const event = {
    timeUnixNano: String(start),
    name: 'exception',
    attributes: strings({ 'exception.message': 'declined' }),
  }
  return {
    traceId: hex(random, 32),
    spanId: hex(random, 16),
    parentSpanId: i % 8 === 0 ? '' : hex(random, 16),
    name: `GET ${route}`,
    kind: 2 + (i % 2),
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + BigInt(Math.floor(random() * 5e8))),
    attributes: [
      ...strings({
        'http.request.method': 'GET',
        'http.route': route,
        'url.path': `${route}/${Math.floor(random() * 1000)}`,
        'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
        'server.address': 'shop.example',
        'user.id': String(Math.floor(random() * 10_000)),
      }),
      { key: 'http.response.status_code', value: { intValue: failed ? '500' : '200' } },
      { key: 'server.port', value: { intValue: '8080' } },
      { key: 'cart.total', value: { doubleValue: Math.round(random() * 1e4) / 100 } },
    ],
    events: failed ? [event] : [],
    status: failed ? { code: 2, message: 'declined' } : {},
  }
}

function strings(values: Readonly<Record<string, string>>): KeyValue[] {
  return Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }))
}

function hex(random: () => number, digits: number): string {
  let text = ''
  while (text.length < digits)
    text += Math.floor(random() * 0x100000000)
      .toString(16)
      .padStart(8, '0')
  return text.slice(0, digits)
}

/** mulberry32: the same payloads in every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
