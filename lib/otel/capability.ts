/**
 * What the query compiler knows of a table: which column plays which role, its sort order, its indexes.
 * Derived from DESCRIBE, system.tables and system.data_skipping_indices (STORAGE: four schema generations,
 * our own tables, and tables that somebody else made). Pure data: queries are a tested function of it.
 */

export const SOURCE_KINDS = ['traces', 'logs', 'metrics'] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

/** What a column means. A table need not have them all. */
export const COLUMN_ROLES = [
  'time', // when the span started or the log happened
  'traceId',
  'spanId',
  'parentSpanId',
  'traceState',
  'service',
  'name', // span name
  'kind',
  'status',
  'statusMessage',
  'duration',
  'severityText',
  'severityNumber',
  'body',
  'eventName',
  'scopeName',
  'scopeVersion',
  'attributes', // the record's own attributes: SpanAttributes, LogAttributes
  'resource', // ResourceAttributes
  'scopeAttributes',
] as const
export type ColumnRole = (typeof COLUMN_ROLES)[number]

export interface ColumnInfo {
  readonly name: string
  /** As ClickHouse writes it, e.g. `Map(LowCardinality(String), String)`. */
  readonly type: string
  /** Set for columns that are computed and that `SELECT *` leaves out. */
  readonly computed?: 'alias' | 'materialized'
}

/**
 * An expression of the sorting or partition key that follows from the time column and never decreases with
 * it. A bound on time alone may not prune by it, so readers repeat the bound here:
 * `expression >= convert(from) AND expression <= convert(to)`.
 */
export interface TimeKey {
  /** For instance `toStartOfFiveMinutes(Timestamp)`, or the column `TimestampTime`. */
  readonly expression: string
  /** The same with the time replaced by `$`, for instance `toStartOfFiveMinutes($)` or `toDateTime($)`. */
  readonly convert: string
}

export interface SkipIndex {
  readonly name: string
  /** `text`, `bloom_filter`, `tokenbf_v1`, `ngrambf_v1`, `minmax`, `set`. */
  readonly type: string
  /** As in system.data_skipping_indices.type_full, e.g. `text(tokenizer = 'array')`. */
  readonly typeFull: string
  /** The indexed expression. An index on an ALIAS column has that column's name here, not its expansion. */
  readonly expression: string
}

/** An aggregating table of counts per time bucket, kept by a materialised view. */
export interface Rollup {
  readonly table: string
  readonly timeColumn: string
  readonly bucketSeconds: number
  /** Column of the base table → column of the rollup. */
  readonly dimensions: Readonly<Record<string, string>>
  /** `sum(countColumn)` is the number of records. */
  readonly countColumn: string
}

export interface TableCapability {
  readonly kind: SourceKind
  readonly database: string
  readonly table: string
  readonly columns: readonly ColumnInfo[]
  readonly roles: Readonly<Partial<Record<ColumnRole, string>>>
  /** Unit of the duration column. */
  readonly durationUnit: 'ns' | 'us' | 'ms' | 's'
  /** Expressions of ORDER BY, in order. */
  readonly sortingKey: readonly string[]
  readonly partitionKey: string
  /** Key expressions derived from the time column, coarsest order kept; the time column itself is not listed. */
  readonly timeKeys?: readonly TimeKey[]
  readonly indexes: readonly SkipIndex[]
  /** TraceId → time range, kept by a materialised view. */
  readonly traceLookup?: {
    readonly table: string
    readonly traceId: string
    readonly start: string
    readonly end: string
  }
  readonly rollups: readonly Rollup[]
  /**
   * Virtual columns that, after the time, name one row for ever (they survive merges): tiebreakers for paging.
   * Absent on tables that do not keep them.
   */
  readonly rowId?: readonly string[]
  /** ALIAS columns of `key=value` items by map column, e.g. { SpanAttributes: 'SpanAttributeItems' }. */
  readonly items: Readonly<Record<string, string>>
}
