/** OTLP as JSON, as far as the demo sends it: ids in hex, 64-bit integers as strings (OTLP 1.x, JSON mapping). */

export interface AnyValue {
  stringValue?: string
  boolValue?: boolean
  intValue?: string
  doubleValue?: number
  arrayValue?: { values: AnyValue[] }
  kvlistValue?: { values: KeyValue[] }
}
export interface KeyValue {
  key: string
  value: AnyValue
}

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }
/** Undefined values are left out, so that optional attributes can be written inline. */
export type Attributes = { readonly [key: string]: Value | undefined }

export const Kind = { Internal: 1, Server: 2, Client: 3, Producer: 4, Consumer: 5 } as const
export type Kind = (typeof Kind)[keyof typeof Kind]
export const Status = { Unset: 0, Ok: 1, Error: 2 } as const
export const Temporality = { Delta: 1, Cumulative: 2 } as const
export const Severity = { Trace: 1, Debug: 5, Info: 9, Warn: 13, Error: 17, Fatal: 21 } as const
export type Severity = (typeof Severity)[keyof typeof Severity]

export interface Scope {
  readonly name: string
  readonly version?: string
}

export interface Resource {
  attributes: KeyValue[]
}

export interface OtlpSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  flags: number
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: KeyValue[]
  events?: { timeUnixNano: string; name: string; attributes: KeyValue[] }[]
  links?: { traceId: string; spanId: string; attributes: KeyValue[] }[]
  status: { code?: number; message?: string }
}

export interface OtlpLog {
  timeUnixNano: string
  observedTimeUnixNano: string
  severityNumber: number
  severityText: string
  body: AnyValue
  attributes: KeyValue[]
  traceId?: string
  spanId?: string
  flags?: number
  eventName?: string
}

export interface Exemplar {
  timeUnixNano: string
  asDouble: number
  traceId: string
  spanId: string
  filteredAttributes: KeyValue[]
}

interface PointTimes {
  attributes: KeyValue[]
  startTimeUnixNano: string
  timeUnixNano: string
}
export interface NumberPoint extends PointTimes {
  asDouble?: number
  asInt?: string
  exemplars?: Exemplar[]
}
export interface HistogramPoint extends PointTimes {
  count: string
  sum: number
  bucketCounts: string[]
  explicitBounds: number[]
  min?: number
  max?: number
  exemplars?: Exemplar[]
}
export interface ExponentialPoint extends PointTimes {
  count: string
  sum: number
  scale: number
  zeroCount: string
  positive: { offset: number; bucketCounts: string[] }
  negative: { offset: number; bucketCounts: string[] }
  min?: number
  max?: number
  exemplars?: Exemplar[]
}
export interface SummaryPoint extends PointTimes {
  count: string
  sum: number
  quantileValues: { quantile: number; value: number }[]
}

export interface OtlpMetric {
  name: string
  description: string
  unit: string
  gauge?: { dataPoints: NumberPoint[] }
  sum?: { dataPoints: NumberPoint[]; aggregationTemporality: number; isMonotonic: boolean }
  histogram?: { dataPoints: HistogramPoint[]; aggregationTemporality: number }
  exponentialHistogram?: { dataPoints: ExponentialPoint[]; aggregationTemporality: number }
  summary?: { dataPoints: SummaryPoint[] }
}

export interface TraceRequest {
  resourceSpans: { resource: Resource; scopeSpans: { scope: Scope; spans: OtlpSpan[] }[] }[]
}
export interface LogsRequest {
  resourceLogs: { resource: Resource; scopeLogs: { scope: Scope; logRecords: OtlpLog[] }[] }[]
}
export interface MetricsRequest {
  resourceMetrics: { resource: Resource; scopeMetrics: { scope: Scope; metrics: OtlpMetric[] }[] }[]
}

export function anyValue(value: Value): AnyValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value }
    case 'boolean':
      return { boolValue: value }
    case 'number':
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
    default:
      return Array.isArray(value)
        ? { arrayValue: { values: value.map(anyValue) } }
        : { kvlistValue: { values: keyValues(value as Attributes) } }
  }
}

export function keyValues(attributes: Attributes): KeyValue[] {
  const list: KeyValue[] = []
  for (const key in attributes) {
    const value = attributes[key]
    if (value !== undefined) list.push({ key, value: anyValue(value) })
  }
  return list
}
