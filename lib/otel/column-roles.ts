import type { ColumnInfo, ColumnRole, SourceKind, TableCapability } from './capability'

/**
 * Which column plays which role, by name. Names are compared without case and underscores, so that one list
 * serves the exporter's `ParentSpanId` and a custom table's `parent_span_id`. First match wins.
 */
const NAMES: Readonly<Record<ColumnRole, readonly string[]>> = {
  time: [
    'timestamp',
    'timeunix',
    'starttime',
    'timestamptime',
    'time',
    'ts',
    'eventtime',
    'datetime',
    'createdat',
  ],
  traceId: ['traceid', 'trace'],
  spanId: ['spanid', 'id'],
  parentSpanId: ['parentspanid', 'parentid'],
  traceState: ['tracestate'],
  service: ['servicename', 'service', 'app', 'application'],
  name: ['spanname', 'name', 'operationname', 'operation'],
  kind: ['spankind', 'kind'],
  status: ['statuscode', 'status'],
  statusMessage: ['statusmessage', 'statusdescription'],
  duration: [
    'duration',
    'durationns',
    'durationnano',
    'durationnanos',
    'durationus',
    'durationmicros',
    'durationms',
    'durationmillis',
    'latencyms',
    'durations',
    'durationseconds',
    'latency',
    'elapsed',
  ],
  severityText: ['severitytext', 'severity', 'level', 'loglevel', 'severityname'],
  severityNumber: ['severitynumber'],
  body: ['body', 'message', 'msg', 'log', 'text', 'line'],
  eventName: ['eventname'],
  scopeName: ['scopename', 'instrumentationscope', 'libraryname'],
  scopeVersion: ['scopeversion', 'libraryversion'],
  attributes: ['spanattributes', 'logattributes', 'attributes', 'tags', 'labels', 'attrs'],
  resource: ['resourceattributes', 'resource', 'resourcetags'],
  scopeAttributes: ['scopeattributes'],
}

/** Roles that only a map or JSON column can play, and the one that only a time can. */
const TYPES: Readonly<Partial<Record<ColumnRole, RegExp>>> = {
  time: /^(Nullable\()?DateTime/,
  duration: /^(Nullable\()?(U?Int|Float|Decimal)/,
  severityNumber: /^(Nullable\()?U?Int/,
  attributes: /^(Map\(|JSON|Object\()/,
  resource: /^(Map\(|JSON|Object\()/,
  scopeAttributes: /^(Map\(|JSON|Object\()/,
}

export type Roles = Readonly<Partial<Record<ColumnRole, string>>>

/** Guesses roles from names and types; `given` (set by a person) wins where it names a column that exists. */
export function guessRoles(columns: readonly ColumnInfo[], given: Roles = {}): Roles {
  const byName = new Map<string, ColumnInfo>()
  for (const column of columns) {
    const name = normalise(column.name)
    if (!byName.has(name)) byName.set(name, column)
  }
  const exists = new Set(columns.map((column) => column.name))
  const roles: Partial<Record<ColumnRole, string>> = {}
  for (const role of Object.keys(NAMES) as ColumnRole[]) {
    const chosen = given[role]
    if (chosen !== undefined && exists.has(chosen)) {
      roles[role] = chosen
      continue
    }
    const type = TYPES[role]
    const found = NAMES[role]
      .map((name) => byName.get(name))
      .find((column) => column !== undefined && (type === undefined || type.test(column.type)))
    if (found) roles[role] = found.name
  }
  if (roles.time === undefined) {
    const time = columns.find((column) => TYPES.time?.test(column.type))
    if (time) roles.time = time.name
  }
  return roles
}

/** Metrics by their metric name, traces by trace, span and duration, logs by a body; null: none of them. */
export function guessKind(columns: readonly ColumnInfo[], roles: Roles): SourceKind | null {
  if (roles.time === undefined) return null
  if (columns.some((column) => normalise(column.name) === 'metricname')) return 'metrics'
  if (roles.traceId !== undefined && roles.spanId !== undefined && roles.duration !== undefined)
    return 'traces'
  if (roles.body !== undefined) return 'logs'
  return null
}

/** By the name of the column; the exporter's plain `Duration` is in nanoseconds. */
export function durationUnit(column: string | undefined): TableCapability['durationUnit'] {
  const name = (column ?? '').toLowerCase()
  if (/(ms|millis|milliseconds)$/.test(name)) return 'ms'
  if (/(us|micros|microseconds)$/.test(name)) return 'us'
  if (/(ns|nano|nanos|nanoseconds)$/.test(name)) return 'ns'
  if (/(_s|secs?|seconds)$/.test(name)) return 's'
  return 'ns'
}

function normalise(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}
