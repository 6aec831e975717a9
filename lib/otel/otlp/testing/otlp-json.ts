/** OTLP/JSON requests as tests build them: the fields that are stored, all of them optional. */
export interface AnyValue {
  readonly stringValue?: string
  readonly boolValue?: boolean
  readonly intValue?: string
  readonly doubleValue?: number | string
  readonly arrayValue?: { readonly values: readonly AnyValue[] }
  readonly kvlistValue?: { readonly values: readonly KeyValue[] }
  readonly bytesValue?: string
}

export interface KeyValue {
  readonly key: string
  readonly value?: AnyValue
}

export interface Span {
  readonly traceId?: string
  readonly spanId?: string
  readonly parentSpanId?: string
  readonly traceState?: string
  readonly flags?: number
  readonly name?: string
  readonly kind?: number
  readonly startTimeUnixNano?: string
  readonly endTimeUnixNano?: string
  readonly attributes?: readonly KeyValue[]
  readonly events?: readonly {
    readonly timeUnixNano?: string
    readonly name?: string
    readonly attributes?: readonly KeyValue[]
  }[]
  readonly links?: readonly {
    readonly traceId?: string
    readonly spanId?: string
    readonly traceState?: string
    readonly attributes?: readonly KeyValue[]
  }[]
  readonly status?: { readonly code?: number; readonly message?: string }
}

export interface LogRecord {
  readonly timeUnixNano?: string
  readonly observedTimeUnixNano?: string
  readonly severityNumber?: number
  readonly severityText?: string
  readonly body?: AnyValue
  readonly attributes?: readonly KeyValue[]
  readonly flags?: number
  readonly traceId?: string
  readonly spanId?: string
  readonly eventName?: string
}

export interface Exemplar {
  readonly filteredAttributes?: readonly KeyValue[]
  readonly timeUnixNano?: string
  readonly asDouble?: number | string
  readonly asInt?: string
  readonly spanId?: string
  readonly traceId?: string
}

interface Buckets {
  readonly offset?: number
  readonly bucketCounts?: readonly string[]
}

/** A data point of any kind: each kind uses some of the fields. */
export interface NumberPoint {
  readonly attributes?: readonly KeyValue[]
  readonly startTimeUnixNano?: string
  readonly timeUnixNano?: string
  readonly flags?: number
  readonly asDouble?: number | string
  readonly asInt?: string
  readonly exemplars?: readonly Exemplar[]
  readonly count?: string
  readonly sum?: number | string
  readonly min?: number | string
  readonly max?: number | string
  readonly bucketCounts?: readonly string[]
  readonly explicitBounds?: readonly (number | string)[]
  readonly scale?: number
  readonly zeroCount?: string
  readonly positive?: Buckets
  readonly negative?: Buckets
  readonly quantileValues?: readonly { readonly quantile?: number; readonly value?: number | string }[]
}

interface Points {
  readonly dataPoints: readonly NumberPoint[]
  readonly aggregationTemporality?: number
  readonly isMonotonic?: boolean
}

export interface Metric {
  readonly name?: string
  readonly description?: string
  readonly unit?: string
  readonly gauge?: Points
  readonly sum?: Points
  readonly histogram?: Points
  readonly exponentialHistogram?: Points
  readonly summary?: Points
}

export interface ScopeGroup {
  readonly scope?: {
    readonly name?: string
    readonly version?: string
    readonly attributes?: readonly KeyValue[]
    readonly droppedAttributesCount?: number
  }
  readonly schemaUrl?: string
  readonly spans?: readonly Span[]
  readonly logRecords?: readonly LogRecord[]
  readonly metrics?: readonly Metric[]
}

export interface ResourceGroup {
  readonly resource?: { readonly attributes?: readonly KeyValue[] }
  readonly schemaUrl?: string
  readonly scopeSpans?: readonly ScopeGroup[]
  readonly scopeLogs?: readonly ScopeGroup[]
  readonly scopeMetrics?: readonly ScopeGroup[]
}

export interface RequestJson {
  readonly resourceSpans?: readonly ResourceGroup[]
  readonly resourceLogs?: readonly ResourceGroup[]
  readonly resourceMetrics?: readonly ResourceGroup[]
}
