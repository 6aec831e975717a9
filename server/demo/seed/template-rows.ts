import { formatIso } from '@/lib/time/range'
import type { AnyValue, KeyValue } from '../core/otlp'
import type { LogEntry, SpanRecord } from '../core/records'

/** The demo's records as rows of otel_traces and otel_logs, for JSONEachRow. */

const KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer']
const STATUSES = ['Unset', 'Ok', 'Error']

export function spanRow({ span, pod, scope }: SpanRecord) {
  const events = span.events ?? []
  const links = span.links ?? []
  return {
    Timestamp: time(span.startTimeUnixNano),
    TraceId: span.traceId,
    SpanId: span.spanId,
    ParentSpanId: span.parentSpanId ?? '',
    SpanName: span.name,
    SpanKind: KINDS[span.kind] ?? 'Unspecified',
    ServiceName: pod.service,
    ResourceAttributes: map(pod.resource.attributes),
    ScopeName: scope.name,
    ScopeVersion: scope.version ?? '',
    SpanAttributes: map(span.attributes),
    Duration: String(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)),
    StatusCode: STATUSES[span.status.code ?? 0] ?? 'Unset',
    StatusMessage: span.status.message ?? '',
    'Events.Timestamp': events.map((event) => time(event.timeUnixNano)),
    'Events.Name': events.map((event) => event.name),
    'Events.Attributes': events.map((event) => map(event.attributes)),
    'Links.TraceId': links.map((link) => link.traceId),
    'Links.SpanId': links.map((link) => link.spanId),
    'Links.TraceState': links.map(() => ''),
    'Links.Attributes': links.map((link) => map(link.attributes)),
  }
}

export function logRow({ log, pod, scope }: LogEntry) {
  return {
    Timestamp: time(log.timeUnixNano),
    TraceId: log.traceId ?? '',
    SpanId: log.spanId ?? '',
    TraceFlags: log.flags ?? 0,
    SeverityText: log.severityText,
    SeverityNumber: log.severityNumber,
    ServiceName: pod.service,
    Body: text(log.body),
    ResourceAttributes: map(pod.resource.attributes),
    ScopeName: scope.name,
    ScopeVersion: scope.version ?? '',
    LogAttributes: map(log.attributes),
    EventName: log.eventName ?? '',
  }
}

export const SPAN_COLUMNS = [
  'Timestamp',
  'TraceId',
  'SpanId',
  'ParentSpanId',
  'SpanName',
  'SpanKind',
  'ServiceName',
  'ResourceAttributes',
  'ScopeName',
  'ScopeVersion',
  'SpanAttributes',
  'Duration',
  'StatusCode',
  'StatusMessage',
  'Events.Timestamp',
  'Events.Name',
  'Events.Attributes',
  'Links.TraceId',
  'Links.SpanId',
  'Links.TraceState',
  'Links.Attributes',
] as const satisfies readonly (keyof ReturnType<typeof spanRow>)[]

export const LOG_COLUMNS = [
  'Timestamp',
  'TraceId',
  'SpanId',
  'TraceFlags',
  'SeverityText',
  'SeverityNumber',
  'ServiceName',
  'Body',
  'ResourceAttributes',
  'ScopeName',
  'ScopeVersion',
  'LogAttributes',
  'EventName',
] as const satisfies readonly (keyof ReturnType<typeof logRow>)[]

const time = (nanos: string): string => formatIso(BigInt(nanos)).slice(0, -1).replace('T', ' ')

const map = (attributes: readonly KeyValue[]): Record<string, string> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, text(value)]))

function text(value: AnyValue): string {
  const plain = json(value)
  return typeof plain === 'string' ? plain : JSON.stringify(plain)
}

function json(value: AnyValue): unknown {
  if (value.stringValue !== undefined) return value.stringValue
  if (value.boolValue !== undefined) return value.boolValue
  if (value.intValue !== undefined) return Number(value.intValue)
  if (value.doubleValue !== undefined) return value.doubleValue
  if (value.arrayValue) return value.arrayValue.values.map(json)
  if (value.kvlistValue)
    return Object.fromEntries(value.kvlistValue.values.map((item) => [item.key, json(item.value)]))
  return ''
}
