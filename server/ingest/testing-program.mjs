// A real instrumented program for the tests: an HTTP server that is called by its own client, with the SDK's
// automatic instrumentation, a log inside a span, and metrics. Prints the trace id as JSON.
import { createRequire } from 'node:module'
import { SpanStatusCode, trace } from '@opentelemetry/api'
import { logs } from '@opentelemetry/api-logs'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { NodeSDK } from '@opentelemetry/sdk-node'

process.env.OTEL_SEMCONV_STABILITY_OPT_IN = 'http'
const sdk = new NodeSDK({
  traceExporter: new OTLPTraceExporter(),
  logRecordProcessors: [new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter() })],
  metricReaders: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })],
  instrumentations: [new HttpInstrumentation()],
})
sdk.start()

// Loaded after the start, and by require, so that the instrumentation can wrap it.
const http = createRequire(import.meta.url)('node:http')
let traceId = ''

const server = http.createServer((_, response) => {
  trace.getTracer('program').startActiveSpan('handle', (span) => {
    traceId = span.spanContext().traceId
    logs.getLogger('program').emit({ severityText: 'INFO', severityNumber: 9, body: 'handled' })
    span.setStatus({ code: SpanStatusCode.OK })
    span.end()
    response.end('ok')
  })
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
await new Promise((resolve, reject) => {
  http
    .get({ port: server.address().port, agent: false }, (response) => response.resume().on('end', resolve))
    .on('error', reject)
})
await new Promise((resolve) => server.close(resolve))
await sdk.shutdown()
console.log(JSON.stringify({ traceId }))
