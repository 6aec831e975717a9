import type { ColumnInfo, Rollup, SkipIndex, TableCapability } from './capability'
import { durationUnit, guessKind, guessRoles, type Roles } from './column-roles'
import { splitExpressions, timeKeys } from './key-expression'

/** One table as system.tables, system.columns and system.data_skipping_indices describe it. */
export interface TableDescription {
  readonly database: string
  readonly table: string
  readonly engine: string
  /** With parameters, keys and settings, as system.tables.engine_full has it. */
  readonly engineFull: string
  readonly sortingKey: string
  readonly partitionKey: string
  readonly columns: readonly DescribedColumn[]
  readonly indexes: readonly SkipIndex[]
}

export interface DescribedColumn {
  readonly name: string
  readonly type: string
  /** '', DEFAULT, MATERIALIZED or ALIAS. */
  readonly defaultKind: string
  readonly defaultExpression: string
}

/**
 * What queries may rely on when they read this table, or null when it holds neither traces, logs nor metrics.
 * Knows the exporter's four schema generations, Spanlight's own tables and, by column names, custom ones.
 * `siblings` are the other tables of the database: lookups and rollups are found among them. `roles` are
 * those that a person set by hand; they win over the guess.
 */
export function deriveCapability(
  table: TableDescription,
  siblings: readonly TableDescription[],
  roles: Roles = {},
): TableCapability | null {
  const columns = table.columns.map(columnInfo)
  const found = guessRoles(columns, roles)
  const kind = guessKind(columns, found)
  if (kind === null || found.time === undefined) return null
  const sortingKey = splitExpressions(table.sortingKey)
  const lookup = traceLookup(table, siblings)
  return {
    kind,
    database: table.database,
    table: table.table,
    columns,
    roles: found,
    durationUnit: durationUnit(found.duration),
    sortingKey,
    partitionKey: table.partitionKey,
    timeKeys: timeKeys([...sortingKey, ...splitExpressions(table.partitionKey)], found.time, computed(table)),
    indexes: table.indexes.map((index) => ({ ...index, expression: nameAlias(index.expression, table) })),
    ...(lookup ? { traceLookup: lookup } : {}),
    rollups: rollups(table, siblings),
    ...(keepsRowId(table) ? { rowId: ['_block_number', '_block_offset'] } : {}),
    items: itemColumns(table),
  }
}

function keepsRowId(table: TableDescription): boolean {
  return ['enable_block_number_column', 'enable_block_offset_column'].every((name) =>
    new RegExp(`\\b${name} = (1|true)\\b`).test(table.engineFull),
  )
}

function columnInfo(column: DescribedColumn): ColumnInfo {
  const { name, type } = column
  if (column.defaultKind === 'ALIAS') return { name, type, computed: 'alias' }
  if (column.defaultKind === 'MATERIALIZED') return { name, type, computed: 'materialized' }
  return { name, type }
}

function computed(table: TableDescription): ReadonlyMap<string, string> {
  const entries = table.columns.filter((column) => column.defaultKind !== '')
  return new Map(entries.map((column) => [column.name, column.defaultExpression]))
}

/** ClickHouse expands an ALIAS column inside an index; readers want its name. */
function nameAlias(expression: string, table: TableDescription): string {
  const alias = table.columns.find(
    (column) => column.defaultKind === 'ALIAS' && column.defaultExpression === expression,
  )
  return alias?.name ?? expression
}

/** Columns of `key=value` strings made from exactly one map of the table. */
function itemColumns(table: TableDescription): Record<string, string> {
  const maps = table.columns.filter((column) => column.type.startsWith('Map('))
  const items: Record<string, string> = {}
  for (const column of table.columns) {
    if (column.defaultKind !== 'ALIAS' && column.defaultKind !== 'MATERIALIZED') continue
    if (column.type !== 'Array(String)' || !column.defaultExpression.includes("'='")) continue
    const used = maps.filter((map) => new RegExp(`(?<!\\w)${map.name}(?!\\w)`).test(column.defaultExpression))
    const [map] = used
    if (map && used.length === 1) items[map.name] ??= column.name
  }
  return items
}

/** The exporter's `<table>_trace_id_ts(TraceId, Start, End)`; generation A wrote Start and End as DateTime64. */
function traceLookup(
  table: TableDescription,
  siblings: readonly TableDescription[],
): TableCapability['traceLookup'] | null {
  const lookup = siblings.find((other) => other.table === `${table.table}_trace_id_ts`)
  if (!lookup) return null
  const names = new Set(lookup.columns.map((column) => column.name))
  if (!['TraceId', 'Start', 'End'].every((name) => names.has(name))) return null
  return { table: lookup.table, traceId: 'TraceId', start: 'Start', end: 'End' }
}

/** `spanlight_traces_1m` belongs to `otel_traces`: dimensions have the names of the base table's columns. */
function rollups(table: TableDescription, siblings: readonly TableDescription[]): Rollup[] {
  const base = /^otel_(traces|logs)$/.exec(table.table)?.[1]
  const rollup = siblings.find((other) => base !== undefined && other.table === `spanlight_${base}_1m`)
  if (!rollup) return []
  const columns = new Set(table.columns.map((column) => column.name))
  const dimensions = rollup.columns.map((column) => column.name).filter((name) => columns.has(name))
  return [
    {
      table: rollup.table,
      timeColumn: 'Time',
      bucketSeconds: 60,
      dimensions: Object.fromEntries(dimensions.map((name) => [name, name])),
      countColumn: 'Count',
    },
  ]
}
