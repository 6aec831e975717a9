/**
 * The reference rows of docs/BENCHMARKS.md: N million spans and N million logs over the 24 hours before `end`,
 * ten spans a trace, 20 services of uneven size. Made by ClickHouse from the row number alone, so they are the
 * same rows everywhere. Budgets are measured on them: changing an expression changes every figure.
 */

export interface ReferenceOptions {
  readonly millions: number
  /** End of the 24 hours. */
  readonly endMs: number
}

const ROWS_PER_INSERT = 500_000
const DAY_S = 86_400

const SERVICE =
  "concat('svc-', toString(least(19, toUInt32(20 * pow((sipHash64(number, 4) % 10000) / 10000, 2)))))"
const RESOURCE = `map(
  'service.version', concat('1.', toString(sipHash64(number, 5) % 5)),
  'host.name', concat('host-', toString(sipHash64(number, 6) % 40)),
  'k8s.pod.name', concat('pod-', toString(sipHash64(number, 7) % 200)),
  'deployment.environment', 'prod')`
const TRACE_ID = 'lower(hex(sipHash128(intDiv(number, 10))))'
const SPAN_ID = 'lower(hex(sipHash64(number)))'
const ROUTE = "concat('/op/', toString(sipHash64(number, 2) % 12))"

/** The INSERT statements, spans and logs by turns, oldest rows first. */
export function referenceStatements(options: ReferenceOptions, rowsPerInsert = ROWS_PER_INSERT): string[] {
  const { millions } = options
  const inserts = Math.ceil((millions * 1_000_000) / rowsPerInsert)
  return Array.from({ length: inserts }, (_, part) => {
    const from = `FROM numbers(${part * rowsPerInsert}, ${rowsPerInsert})`
    return [referenceSpans(options, from), referenceLogs(options, from)]
  }).flat()
}

/** @param from a source with the column `number` */
export function referenceSpans(options: ReferenceOptions, from: string): string {
  const failed = 'sipHash64(number, 13) % 40 = 0'
  return `INSERT INTO otel_traces
  (Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, ResourceAttributes, ScopeName,
   SpanAttributes, Duration, StatusCode, StatusMessage)
SELECT
  ${time(options, 'sipHash64(number) % 1000')}, ${TRACE_ID}, ${SPAN_ID},
  if(number % 10 = 0, '', lower(hex(sipHash64(intDiv(number, 10) * 10)))),
  concat(['GET', 'POST', 'SELECT', 'publish', 'consume', 'HGET'][1 + sipHash64(number, 1) % 6], ' ', ${ROUTE}),
  ['Server', 'Client', 'Internal', 'Producer', 'Consumer'][1 + sipHash64(number, 3) % 5],
  ${SERVICE}, ${RESOURCE}, 'demo',
  map(
    'http.route', ${ROUTE},
    'http.status_code', ['200', '200', '200', '200', '404', '500'][1 + sipHash64(number, 8) % 6],
    'user.id', toString(sipHash64(number, 9) % 100000),
    'net.peer.name', concat('peer-', toString(sipHash64(number, 10) % 30)),
    'http.url', concat('https://shop.example', ${ROUTE}, '?id=', toString(sipHash64(number, 11) % 1000000))),
  toUInt64(exp(10 + (sipHash64(number, 12) % 1000) / 100)),
  if(${failed}, 'Error', 'Unset'), if(${failed}, 'upstream timed out', '')
${from}`
}

/** @param from a source with the column `number` */
export function referenceLogs(options: ReferenceOptions, from: string): string {
  return `INSERT INTO otel_logs
  (Timestamp, TraceId, SpanId, TraceFlags, SeverityText, SeverityNumber, ServiceName, Body, ResourceAttributes,
   ScopeName, LogAttributes)
SELECT
  ${time(options, 'sipHash64(number, 20) % 1000')}, ${TRACE_ID}, ${SPAN_ID}, 1,
  ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'][1 + sipHash64(number, 21) % 6],
  [9, 9, 9, 5, 13, 17][1 + sipHash64(number, 21) % 6],
  ${SERVICE},
  concat(
    ['request completed', 'cache miss for key', 'connection established to', 'user logged in',
     'payment declined for order', 'retrying request'][1 + sipHash64(number, 22) % 6],
    ' ', toString(sipHash64(number, 23) % 1000000), ' in ', toString(sipHash64(number, 24) % 900), 'ms',
    if(number % 250000 = 7, ' kaboom', '')),
  ${RESOURCE}, 'demo',
  map(
    'user.id', toString(sipHash64(number, 9) % 100000),
    'http.status_code', ['200', '404', '500'][1 + sipHash64(number, 8) % 3],
    'thread', toString(sipHash64(number, 25) % 16))
${from}`
}

/** Ten spans of a trace lie 1.5 ms apart, plus some microseconds; the traces fill the 24 hours evenly. */
function time({ millions, endMs }: ReferenceOptions, jitter: string): string {
  const start = new Date(endMs - DAY_S * 1000).toISOString().slice(0, 19).replace('T', ' ')
  const traceStep = Math.floor(DAY_S / millions) * 10
  return `toDateTime64('${start}', 9, 'UTC')
    + toIntervalMicrosecond(intDiv(number, 10) * ${traceStep} + (number % 10) * 1500 + ${jitter})`
}
