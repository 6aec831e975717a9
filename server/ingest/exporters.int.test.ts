import { credentials } from '@grpc/grpc-js'
import { context, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api'
import { SeverityNumber } from '@opentelemetry/api-logs'
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc'
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtoLogs } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc'
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtoTraces } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { LoggerProvider, type LogRecordExporter, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestReceiver, type TestReceiver } from './testing'

let receiver: TestReceiver

beforeAll(async () => {
  receiver = await startTestReceiver()
})
afterAll(() => receiver.stop())

interface Exporters {
  traces(): SpanExporter
  logs(): LogRecordExporter
  metrics(): PushMetricExporter
}

const gzip = { compression: 'gzip' as never }
const http = (path: string) => ({ url: `${receiver.http}${path}`, ...gzip })
const grpc = () => ({ url: `http://${receiver.grpc}`, credentials: credentials.createInsecure(), ...gzip })

const PROTOCOLS: Readonly<Record<string, Exporters>> = {
  'http/json': {
    traces: () => new JsonTraces(http('/v1/traces')),
    logs: () => new JsonLogs(http('/v1/logs')),
    metrics: () => new JsonMetrics(http('/v1/metrics')),
  },
  'http/protobuf': {
    traces: () => new ProtoTraces(http('/v1/traces')),
    logs: () => new ProtoLogs(http('/v1/logs')),
    metrics: () => new ProtoMetrics(http('/v1/metrics')),
  },
  grpc: {
    traces: () => new GrpcTraces(grpc()),
    logs: () => new GrpcLogs(grpc()),
    metrics: () => new GrpcMetrics(grpc()),
  },
}

describe.each(Object.entries(PROTOCOLS))('the exporters of %s', (protocol, exporters) => {
  const resource = resourceFromAttributes({ 'service.name': `sdk-${protocol}`, 'host.cpus': 8 })
  const where = `ServiceName = 'sdk-${protocol}'`

  test('traces: parents, kinds, attributes, events, links, status, times', async () => {
    const provider = new BasicTracerProvider({
      resource,
      spanProcessors: [new BatchSpanProcessor(exporters.traces())],
    })
    const tracer = provider.getTracer('the-scope', '1.2.3')
    const parent = tracer.startSpan('parent', {
      kind: SpanKind.SERVER,
      attributes: { n: 1.5, list: ['a', 'b'] },
    })
    const child = tracer.startSpan(
      'child',
      { kind: SpanKind.CLIENT, links: [{ context: parent.spanContext(), attributes: { why: 'because' } }] },
      trace.setSpan(context.active(), parent),
    )
    child.recordException(new Error('card declined'))
    child.setStatus({ code: SpanStatusCode.ERROR, message: 'declined' })
    child.end()
    parent.end()
    await provider.forceFlush()
    await provider.shutdown()

    const rows = await receiver.rows<Record<string, unknown>>(
      `SELECT * FROM otel_traces WHERE ${where} ORDER BY SpanName`,
    )
    const { traceId, spanId } = parent.spanContext()
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({
      SpanName: 'child',
      TraceId: traceId,
      ParentSpanId: spanId,
      SpanKind: 'Client',
      StatusCode: 'Error',
      StatusMessage: 'declined',
      ScopeName: 'the-scope',
      ScopeVersion: '1.2.3',
      'Events.Name': ['exception'],
      'Links.SpanId': [spanId],
      'Links.Attributes': [{ why: 'because' }],
    })
    expect((rows[0]!['Events.Attributes'] as Record<string, string>[])[0]).toMatchObject({
      'exception.message': 'card declined',
      'exception.stacktrace': expect.stringContaining('exporters.int.test.ts'),
    })
    expect(rows[1]).toMatchObject({
      SpanId: spanId,
      ParentSpanId: '',
      SpanKind: 'Server',
      SpanAttributes: { n: '1.5', list: '["a","b"]' },
      ResourceAttributes: { 'host.cpus': '8' },
    })
    expect(Number(rows[1]?.Duration)).toBeGreaterThan(0)
    expect(Math.abs(Date.parse(`${rows[1]?.Timestamp}Z`) - Date.now())).toBeLessThan(60_000)
  })

  test('logs: body, severity, attributes, event name, the span they belong to', async () => {
    const provider = new LoggerProvider({
      resource,
      processors: [new SimpleLogRecordProcessor({ exporter: exporters.logs() } as never)],
    })
    const spanContext = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: TraceFlags.SAMPLED,
    }
    const logger = provider.getLogger('the-scope')
    logger.emit({
      severityNumber: SeverityNumber.WARN,
      severityText: 'WARN',
      body: 'card declined',
      eventName: 'payment.declined',
      attributes: { amount: 12.5 },
      context: trace.setSpanContext(context.active(), spanContext),
    })
    logger.emit({ body: { user: 'ann', items: [1, 2] } })
    await provider.forceFlush()
    await provider.shutdown()

    const rows = await receiver.rows<Record<string, unknown>>(
      `SELECT * FROM otel_logs WHERE ${where} ORDER BY SeverityNumber DESC`,
    )
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({
      Body: 'card declined',
      SeverityText: 'WARN',
      SeverityNumber: 13,
      EventName: 'payment.declined',
      TraceId: spanContext.traceId,
      SpanId: spanContext.spanId,
      TraceFlags: 1,
      LogAttributes: { amount: '12.5' },
    })
    expect(JSON.parse(String(rows[1]?.Body))).toEqual({ user: 'ann', items: [1, 2] })
  })

  test('metrics: gauge, sum, histogram, exponential histogram', async () => {
    const provider = new MeterProvider({
      resource,
      views: [
        { instrumentName: 'exponential', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
      ],
      readers: [
        new PeriodicExportingMetricReader({ exporter: exporters.metrics(), exportIntervalMillis: 60_000 }),
      ],
    })
    const meter = provider.getMeter('the-scope')
    meter.createGauge('gauge', { unit: 'By', description: 'a gauge' }).record(42.5, { pool: 'a' })
    meter.createCounter('counter').add(7)
    const histogram = meter.createHistogram('histogram')
    const exponential = meter.createHistogram('exponential')
    for (const value of [1, 20, 300]) {
      histogram.record(value)
      exponential.record(value)
    }
    await provider.forceFlush()

    const [gauge] = await receiver.rows(
      `SELECT MetricName, MetricUnit, MetricDescription, Value, Attributes FROM otel_metrics_gauge WHERE ${where}`,
    )
    expect(gauge).toEqual({
      MetricName: 'gauge',
      MetricUnit: 'By',
      MetricDescription: 'a gauge',
      Value: 42.5,
      Attributes: { pool: 'a' },
    })
    const [sum] = await receiver.rows(
      `SELECT Value, IsMonotonic, AggregationTemporality FROM otel_metrics_sum WHERE ${where}`,
    )
    expect(sum).toEqual({ Value: 7, IsMonotonic: true, AggregationTemporality: 2 })
    const [buckets] = await receiver.rows<Record<string, unknown>>(
      `SELECT toUInt32(Count) AS c, Sum, Min, Max, arraySum(BucketCounts) = 3 AS all, length(ExplicitBounds) + 1 = length(BucketCounts) AS fits FROM otel_metrics_histogram WHERE ${where}`,
    )
    expect(buckets).toEqual({ c: 3, Sum: 321, Min: 1, Max: 300, all: 1, fits: 1 })
    const [powers] = await receiver.rows(
      `SELECT toUInt32(Count) AS c, Sum, arraySum(PositiveBucketCounts) = 3 AS all FROM otel_metrics_exponential_histogram WHERE ${where}`,
    )
    expect(powers).toEqual({ c: 3, Sum: 321, all: 1 })
    await provider.shutdown()
  })
})
