import type { SearchSource } from './search-params'
import type { SearchState } from './use-search-state'

const VISIBLE: Readonly<Record<SearchSource, readonly string[]>> = {
  traces: ['Timestamp', 'ServiceName', 'SpanName', 'StatusCode', 'Duration', 'StatusMessage'],
  logs: ['Timestamp', 'SeverityText', 'ServiceName', 'Body'],
}

/** Asked for with every row because rows, hover actions and the drawer need them. */
const HIDDEN: Readonly<Record<SearchSource, readonly string[]>> = {
  traces: ['Timestamp', 'TraceId', 'SpanId', 'ServiceName', 'SpanName', 'StatusCode'],
  logs: ['Timestamp', 'TraceId', 'SpanId', 'SeverityText', 'ServiceName', 'Body'],
}

const LABELS: Readonly<Record<string, string>> = {
  Timestamp: 'Time',
  ServiceName: 'Service',
  SpanName: 'Span',
  StatusCode: 'Status',
  StatusMessage: 'Status message',
  SeverityText: 'Severity',
  SpanKind: 'Kind',
  TraceId: 'Trace id',
  SpanId: 'Span id',
  ParentSpanId: 'Parent span id',
}

const WIDTHS: Readonly<Record<string, number>> = {
  Timestamp: 148,
  ServiceName: 140,
  SpanName: 204,
  StatusCode: 72,
  Duration: 160,
  StatusMessage: 320,
  SeverityText: 84,
  SpanKind: 96,
  Body: 900,
  TraceId: 264,
  SpanId: 146,
  ParentSpanId: 146,
}

export const MIN_COLUMN_WIDTH = 56
export const MAX_COLUMN_WIDTH = 2000

export function defaultColumns(source: SearchSource): readonly string[] {
  return VISIBLE[source]
}

export function visibleColumns({ source, cols }: Pick<SearchState, 'source' | 'cols'>): readonly string[] {
  return cols && cols.length > 0 ? cols : VISIBLE[source]
}

export function hiddenColumns(source: SearchSource): readonly string[] {
  return HIDDEN[source]
}

export function columnLabel(field: string): string {
  return Object.hasOwn(LABELS, field) ? LABELS[field]! : fieldLabel(field)
}

/** An attribute by its key alone: which map it is in stands in the title. */
export function fieldLabel(field: string): string {
  return field.replace(/^(Span|Log|Resource|Scope)Attributes\./, '')
}

/** The same attribute in the other source: spans and logs keep theirs in maps of different names. */
export function carriedField(field: string, to: SearchSource): string {
  return to === 'logs'
    ? field.replace(/^SpanAttributes(?=[.[])/, 'LogAttributes')
    : field.replace(/^LogAttributes(?=[.[])/, 'SpanAttributes')
}

/** A time that stands behind its date. */
const DATED_WIDTH = 182

export function columnWidth(
  field: string,
  widths: Readonly<Record<string, number>>,
  withDate = false,
): number {
  if (field === 'Timestamp' && withDate) return Math.max(DATED_WIDTH, widths[field] ?? 0)
  return (
    (Object.hasOwn(widths, field) ? widths[field] : undefined) ??
    (Object.hasOwn(WIDTHS, field) ? WIDTHS[field]! : 180)
  )
}

/** Null when it is the source's own choice again, so that the address stays short. */
export function columnsParam(source: SearchSource, columns: readonly string[]): string[] | null {
  const own = VISIBLE[source]
  const same = columns.length === own.length && columns.every((column, index) => column === own[index])
  return same || columns.length === 0 ? null : [...columns]
}

/** The text that takes what room is left. */
const LAST: ReadonlySet<string> = new Set(['Body', 'StatusMessage'])

/** A new column stands before the wide text at the end, where it is seen at once. */
export function withColumn(columns: readonly string[], added: string): string[] {
  const last = columns.at(-1)
  return last !== undefined && LAST.has(last) ? [...columns.slice(0, -1), added, last] : [...columns, added]
}

/** What of the columns still means something after a switch of the source. */
export function carriedColumns(
  from: SearchSource,
  to: SearchSource,
  cols: readonly string[] | null,
): string[] | null {
  if (!cols) return null
  const foreign = new Set<string>(
    [...VISIBLE[from], ...OWN[from]].filter((field) => !OWN[to].includes(field)),
  )
  const added = cols
    .filter((column) => !VISIBLE[from].includes(column) && !foreign.has(column))
    .map((column) => carriedField(column, to))
  return added.length === 0
    ? null
    : added.filter((column) => !VISIBLE[to].includes(column)).reduce(withColumn, [...VISIBLE[to]])
}

/** Columns of the table that the other source does not have, or has too. */
const OWN: Readonly<Record<SearchSource, readonly string[]>> = {
  traces: [
    'Timestamp',
    'TraceId',
    'SpanId',
    'ParentSpanId',
    'TraceState',
    'SpanName',
    'SpanKind',
    'ServiceName',
    'Duration',
    'StatusCode',
    'StatusMessage',
    'ScopeName',
    'ScopeVersion',
  ],
  logs: [
    'Timestamp',
    'TraceId',
    'SpanId',
    'TraceFlags',
    'SeverityText',
    'SeverityNumber',
    'ServiceName',
    'Body',
    'EventName',
    'ScopeName',
    'ScopeVersion',
  ],
}

/** Is it a column that only this source has? Filters on it are dropped when the source is switched. */
export function isForeign(field: string, to: SearchSource): boolean {
  const from = to === 'traces' ? 'logs' : 'traces'
  return OWN[from].includes(field) && !OWN[to].includes(field)
}
