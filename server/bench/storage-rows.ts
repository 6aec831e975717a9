/**
 * The reference rows of docs/BENCHMARKS.md as SELECTs: 10 million spans and as many logs spread over the day
 * before `end`, 10 spans a trace, 20 services of uneven size. `first` and `count` pick a stretch of them.
 */

const STEP_MICROSECONDS = 8640
const SERVICE =
  "concat('svc-', toString(least(19, toUInt32(20 * pow((sipHash64(number, 4) % 10000) / 10000, 2)))))"
const RESOURCE =
  "map('service.version', concat('1.', toString(sipHash64(number, 5) % 5)), 'host.name', concat('host-', toString(sipHash64(number, 6) % 40)), 'k8s.pod.name', concat('pod-', toString(sipHash64(number, 7) % 200)), 'deployment.environment', 'prod')"
const TRACE_ID = 'lower(hex(sipHash128(intDiv(number, 10))))'
const SPAN_ID = 'lower(hex(sipHash64(number)))'

export interface RowRange {
  /** End of the day, `YYYY-MM-DD hh:mm:ss` in UTC. */
  readonly end: string
  readonly first: number
  readonly count: number
}

const time = (range: RowRange, salt: string) =>
  `toDateTime64('${range.end}', 9, 'UTC') - toIntervalDay(1) + toIntervalMicrosecond(intDiv(number, 10) * ${STEP_MICROSECONDS * 10} + (number % 10) * 1500 + sipHash64(number${salt}) % 1000)`

export const SPAN_COLUMNS =
  'Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, ResourceAttributes, ScopeName, SpanAttributes, Duration, StatusCode, StatusMessage'

export function spanRows(range: RowRange): string {
  return `SELECT ${time(range, '')}, ${TRACE_ID}, ${SPAN_ID}, if(number % 10 = 0, '', lower(hex(sipHash64(intDiv(number, 10) * 10)))),
 concat(['GET', 'POST', 'SELECT', 'publish', 'consume', 'HGET'][1 + sipHash64(number, 1) % 6], ' /op/', toString(sipHash64(number, 2) % 12)),
 ['Server', 'Client', 'Internal', 'Producer', 'Consumer'][1 + sipHash64(number, 3) % 5], ${SERVICE}, ${RESOURCE}, 'demo',
 map('http.route', concat('/op/', toString(sipHash64(number, 2) % 12)), 'http.status_code', ['200', '200', '200', '200', '404', '500'][1 + sipHash64(number, 8) % 6],
  'user.id', toString(sipHash64(number, 9) % 100000), 'net.peer.name', concat('peer-', toString(sipHash64(number, 10) % 30)),
  'http.url', concat('https://shop.example/op/', toString(sipHash64(number, 2) % 12), '?id=', toString(sipHash64(number, 11) % 1000000))),
 toUInt64(exp(10 + (sipHash64(number, 12) % 1000) / 100)), if(sipHash64(number, 13) % 40 = 0, 'Error', 'Unset'), if(sipHash64(number, 13) % 40 = 0, 'upstream timed out', '')
 FROM numbers(${range.first}, ${range.count})`
}

export const LOG_COLUMNS =
  'Timestamp, TraceId, SpanId, TraceFlags, SeverityText, SeverityNumber, ServiceName, Body, ResourceAttributes, ScopeName, LogAttributes'

export function logRows(range: RowRange): string {
  return `SELECT ${time(range, ', 20')}, ${TRACE_ID}, ${SPAN_ID}, 1,
 ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'][1 + sipHash64(number, 21) % 6], [9, 9, 9, 5, 13, 17][1 + sipHash64(number, 21) % 6], ${SERVICE},
 concat(['request completed', 'cache miss for key', 'connection established to', 'user logged in', 'payment declined for order', 'retrying request'][1 + sipHash64(number, 22) % 6],
  ' ', toString(sipHash64(number, 23) % 1000000), ' in ', toString(sipHash64(number, 24) % 900), 'ms', if(number % 250000 = 7, ' kaboom', '')), ${RESOURCE}, 'demo',
 map('user.id', toString(sipHash64(number, 9) % 100000), 'http.status_code', ['200', '404', '500'][1 + sipHash64(number, 8) % 3], 'thread', toString(sipHash64(number, 25) % 16))
 FROM numbers(${range.first}, ${range.count})`
}
