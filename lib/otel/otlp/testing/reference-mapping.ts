import type { Signal } from '../decoded'
import type { Row } from '../row-reader'
import type { TableName } from '../tables'
import type {
  AnyValue,
  Exemplar,
  KeyValue,
  LogRecord,
  Metric,
  NumberPoint,
  RequestJson,
  ResourceGroup,
  Span,
} from './otlp-json'

/**
 * The mapping of docs/ingest.md written a second time, plainly and slowly, from OTLP/JSON objects to rows.
 * Tests compare the real one with it.
 */
export function referenceRows(
  signal: Signal,
  request: RequestJson,
  nowMs: number,
): { table: TableName; row: Row }[] {
  const rows: { table: TableName; row: Row }[] = []
  for (const group of request.resourceSpans ?? request.resourceLogs ?? request.resourceMetrics ?? []) {
    for (const scope of group.scopeSpans ?? group.scopeLogs ?? group.scopeMetrics ?? []) {
      if (signal === 'traces') {
        for (const span of scope.spans ?? []) {
          const row = spanRow(group, scope, span)
          if (row) rows.push({ table: 'otel_traces', row })
        }
      } else if (signal === 'logs') {
        for (const log of scope.logRecords ?? []) {
          rows.push({ table: 'otel_logs', row: logRow(group, scope, log, nowMs) })
        }
      } else {
        for (const metric of scope.metrics ?? []) rows.push(...metricRows(group, scope, metric))
      }
    }
  }
  return rows
}

type Scope = NonNullable<ResourceGroup['scopeSpans']>[number]

function spanRow(group: ResourceGroup, scope: Scope, span: Span): Row | null {
  const traceId = id(span.traceId, 32)
  const spanId = id(span.spanId, 16)
  if (traceId === '' || spanId === '') return null
  const start = BigInt(span.startTimeUnixNano ?? 0)
  const end = BigInt(span.endTimeUnixNano ?? 0)
  const events = span.events ?? []
  const links = span.links ?? []
  return {
    ResourceAttributes: map(group.resource?.attributes),
    ServiceName: service(group),
    ScopeName: text(scope.scope?.name),
    ScopeVersion: text(scope.scope?.version),
    Timestamp: time(start),
    TraceId: traceId,
    SpanId: spanId,
    ParentSpanId: id(span.parentSpanId, 16),
    TraceState: text(span.traceState),
    SpanName: text(span.name),
    SpanKind:
      ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'][span.kind ?? 0] ??
      'Unspecified',
    SpanAttributes: map(span.attributes),
    Duration: end < time(start) ? 0n : end - time(start),
    StatusCode: ['Unset', 'Ok', 'Error'][span.status?.code ?? 0] ?? 'Unset',
    StatusMessage: text(span.status?.message),
    'Events.Timestamp': events.map((event) => time(BigInt(event.timeUnixNano ?? 0))),
    'Events.Name': events.map((event) => text(event.name)),
    'Events.Attributes': events.map((event) => map(event.attributes)),
    'Links.TraceId': links.map((link) => id(link.traceId, 32)),
    'Links.SpanId': links.map((link) => id(link.spanId, 16)),
    'Links.TraceState': links.map((link) => text(link.traceState)),
    'Links.Attributes': links.map((link) => map(link.attributes)),
  }
}

function logRow(group: ResourceGroup, scope: Scope, log: LogRecord, nowMs: number): Row {
  const given = BigInt(log.timeUnixNano ?? 0)
  const observed = BigInt(log.observedTimeUnixNano ?? 0)
  const receipt = BigInt(nowMs) * 1_000_000n
  return {
    ResourceAttributes: map(group.resource?.attributes),
    ServiceName: service(group),
    ResourceSchemaUrl: text(group.schemaUrl),
    ScopeName: text(scope.scope?.name),
    ScopeVersion: text(scope.scope?.version),
    ScopeAttributes: map(scope.scope?.attributes),
    ScopeSchemaUrl: text(scope.schemaUrl),
    Timestamp: time(given || observed || receipt),
    TraceId: id(log.traceId, 32) || contentId(log, ['trace_id', 'traceId', 'trace.id'], 32),
    SpanId: id(log.spanId, 16) || contentId(log, ['span_id', 'spanId', 'span.id'], 16),
    TraceFlags: (log.flags ?? 0) & 255,
    SeverityText: text(log.severityText),
    SeverityNumber: log.severityNumber ?? 0,
    Body: valueText(log.body),
    LogAttributes: map(log.attributes),
    EventName: text(log.eventName),
  }
}

function contentId(log: LogRecord, keys: readonly string[], length: number): string {
  const places: ReadonlyMap<string, string>[] = [new Map(map(log.attributes))]
  const body = log.body
  if (body?.kvlistValue) places.push(new Map(map(body.kvlistValue.values)))
  for (const place of places) {
    for (const key of keys) {
      const found = id(place.get(key), length)
      if (found !== '') return found
    }
  }
  return ''
}

function metricRows(group: ResourceGroup, scope: Scope, metric: Metric): { table: TableName; row: Row }[] {
  const head = {
    ResourceAttributes: map(group.resource?.attributes),
    ServiceName: service(group),
    ResourceSchemaUrl: text(group.schemaUrl),
    ScopeName: text(scope.scope?.name),
    ScopeVersion: text(scope.scope?.version),
    ScopeAttributes: map(scope.scope?.attributes),
    ScopeDroppedAttrCount: scope.scope?.droppedAttributesCount ?? 0,
    ScopeSchemaUrl: text(scope.schemaUrl),
    MetricName: text(metric.name),
    MetricDescription: text(metric.description),
    MetricUnit: text(metric.unit),
  }
  const common = (point: NumberPoint) => ({
    ...head,
    Attributes: map(point.attributes),
    StartTimeUnix: time(BigInt(point.startTimeUnixNano ?? 0)),
    TimeUnix: time(BigInt(point.timeUnixNano ?? 0)),
    Flags: point.flags ?? 0,
  })
  const totals = (point: NumberPoint) => ({ Count: BigInt(point.count ?? 0), Sum: double(point.sum) })
  const range = (point: NumberPoint) => ({ Min: double(point.min), Max: double(point.max) })
  const rows: { table: TableName; row: Row }[] = []
  for (const point of metric.gauge?.dataPoints ?? []) {
    const row = { ...common(point), Value: number(point), ...exemplars(point.exemplars) }
    rows.push({ table: 'otel_metrics_gauge', row })
  }
  for (const point of metric.sum?.dataPoints ?? []) {
    const row = {
      ...common(point),
      AggregationTemporality: metric.sum?.aggregationTemporality ?? 0,
      IsMonotonic: metric.sum?.isMonotonic ?? false,
      Value: number(point),
      ...exemplars(point.exemplars),
    }
    rows.push({ table: 'otel_metrics_sum', row })
  }
  for (const point of metric.histogram?.dataPoints ?? []) {
    const row = {
      ...common(point),
      AggregationTemporality: metric.histogram?.aggregationTemporality ?? 0,
      ...totals(point),
      BucketCounts: (point.bucketCounts ?? []).map(BigInt),
      ExplicitBounds: (point.explicitBounds ?? []).map(double),
      ...range(point),
      ...exemplars(point.exemplars),
    }
    rows.push({ table: 'otel_metrics_histogram', row })
  }
  for (const point of metric.exponentialHistogram?.dataPoints ?? []) {
    const row = {
      ...common(point),
      AggregationTemporality: metric.exponentialHistogram?.aggregationTemporality ?? 0,
      ...totals(point),
      Scale: point.scale ?? 0,
      ZeroCount: BigInt(point.zeroCount ?? 0),
      PositiveOffset: point.positive?.offset ?? 0,
      PositiveBucketCounts: (point.positive?.bucketCounts ?? []).map(BigInt),
      NegativeOffset: point.negative?.offset ?? 0,
      NegativeBucketCounts: (point.negative?.bucketCounts ?? []).map(BigInt),
      ...range(point),
      ...exemplars(point.exemplars),
    }
    rows.push({ table: 'otel_metrics_exponential_histogram', row })
  }
  for (const point of metric.summary?.dataPoints ?? []) {
    const row = {
      ...common(point),
      ...totals(point),
      'ValueAtQuantiles.Quantile': (point.quantileValues ?? []).map((pair) => double(pair.quantile)),
      'ValueAtQuantiles.Value': (point.quantileValues ?? []).map((pair) => double(pair.value)),
    }
    rows.push({ table: 'otel_metrics_summary', row })
  }
  return rows
}

function exemplars(list: readonly Exemplar[] = []): Row {
  return {
    'Exemplars.FilteredAttributes': list.map((exemplar) => map(exemplar.filteredAttributes)),
    'Exemplars.TimeUnix': list.map((exemplar) => time(BigInt(exemplar.timeUnixNano ?? 0))),
    'Exemplars.Value': list.map(number),
    'Exemplars.SpanId': list.map((exemplar) => id(exemplar.spanId, 16)),
    'Exemplars.TraceId': list.map((exemplar) => id(exemplar.traceId, 32)),
  }
}

function number(point: { readonly asDouble?: number | string; readonly asInt?: string }): number {
  return point.asInt === undefined ? double(point.asDouble) : Number(BigInt(point.asInt))
}

function double(value: number | string | undefined): number {
  return value === undefined ? 0 : Number(value)
}

function service(group: ResourceGroup): string {
  return new Map(map(group.resource?.attributes)).get('service.name') || 'unknown_service'
}

function text(value: string | undefined): string {
  return value ?? ''
}

function time(nanos: bigint): bigint {
  return nanos > 2n ** 63n - 1n ? 2n ** 63n - 1n : nanos
}

function id(value: string | undefined, length: number): string {
  const lower = (value ?? '').toLowerCase()
  return lower.length === length && /^[0-9a-f]*[1-9a-f][0-9a-f]*$/.test(lower) ? lower : ''
}

/** Of duplicate keys the last one stays, at its own place. */
function map(list: readonly KeyValue[] = []): [string, string][] {
  return list
    .filter((pair, i) => !list.some((later, k) => k > i && text(later.key) === text(pair.key)))
    .map((pair) => [text(pair.key), valueText(pair.value)])
}

function valueText(value: AnyValue | undefined): string {
  if (value?.stringValue !== undefined) return text(value.stringValue)
  if (value?.bytesValue !== undefined) return value.bytesValue
  if (value?.doubleValue !== undefined) return doubleText(value.doubleValue)
  return value === undefined || Object.keys(value).length === 0 ? '' : json(value)
}

function json(value: AnyValue | undefined): string {
  if (value?.stringValue !== undefined) return JSON.stringify(text(value.stringValue))
  if (value?.bytesValue !== undefined) return JSON.stringify(value.bytesValue)
  if (value?.boolValue !== undefined) return String(value.boolValue)
  if (value?.intValue !== undefined) return BigInt(value.intValue).toString()
  if (value?.doubleValue !== undefined) {
    const finite = Number.isFinite(Number(value.doubleValue))
    return finite ? doubleText(value.doubleValue) : `"${value.doubleValue}"`
  }
  if (value?.arrayValue) return `[${value.arrayValue.values.map(json).join(',')}]`
  if (value?.kvlistValue) {
    const { values } = value.kvlistValue
    const last = values.filter((pair, i) => !values.some((p, k) => k > i && text(p.key) === text(pair.key)))
    return `{${last.map((pair) => `${JSON.stringify(text(pair.key))}:${json(pair.value)}`).join(',')}}`
  }
  return 'null'
}

function doubleText(value: number | string): string {
  const number = Number(value)
  return Object.is(number, -0) ? '-0' : String(number)
}
