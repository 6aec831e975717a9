import type { ClickHouseClient } from '@clickhouse/client'
import type { SkipIndex, TableCapability } from '@/lib/otel/capability'
import type { Roles } from '@/lib/otel/column-roles'
import { deriveCapability, type TableDescription } from '@/lib/otel/derive-capability'

/** Roles set by hand, by table name. */
export type RolesByTable = Readonly<Record<string, Roles>>

/** Schemas change rarely; a Collector that creates its tables later is seen within this time. */
const LIFETIME_MS = 30_000

interface Entry {
  readonly loaded: Promise<TableCapability[]>
  readonly expires: number
}

const cache = new WeakMap<ClickHouseClient, Map<string, Entry>>()

/**
 * What every readable traces, logs and metrics table of the database offers, cached for half a minute per
 * client and database. A failed load is not cached. Errors are the client's own.
 */
export function loadCapabilities(
  client: ClickHouseClient,
  database: string,
  options: { readonly roles?: RolesByTable; readonly fresh?: boolean } = {},
): Promise<TableCapability[]> {
  const entries = cache.get(client) ?? new Map<string, Entry>()
  cache.set(client, entries)
  const key = JSON.stringify([database, options.roles ?? {}])
  const known = entries.get(key)
  const now = performance.now()
  if (known && !options.fresh && known.expires > now) return known.loaded
  const loaded = describeTables(client, database).then((tables) => deriveAll(tables, options.roles ?? {}))
  const entry: Entry = { loaded, expires: now + LIFETIME_MS }
  entries.set(key, entry)
  loaded.catch(() => {
    if (entries.get(key) === entry) entries.delete(key)
  })
  return loaded
}

/** To be called after migrations or a change of roles. */
export function forgetCapabilities(client: ClickHouseClient): void {
  cache.delete(client)
}

/** Helper tables of others are not sources of their own. */
function deriveAll(tables: readonly TableDescription[], roles: RolesByTable): TableCapability[] {
  return tables
    .filter((table) => !/_local$|_trace_id_ts$|^spanlight_|^\.inner/.test(table.table))
    .filter((table) => table.engine !== 'MaterializedView')
    .map((table) => deriveCapability(table, tables, roles[table.table]))
    .filter((capability) => capability !== null)
}

interface TableRow {
  readonly name: string
  readonly engine: string
  readonly engine_full: string
  readonly sorting_key: string
  readonly partition_key: string
}

async function describeTables(client: ClickHouseClient, database: string): Promise<TableDescription[]> {
  const [tables, columns, indexes] = await Promise.all([
    select<TableRow>(
      client,
      database,
      'SELECT name, engine, engine_full, sorting_key, partition_key FROM system.tables WHERE database = {database:String} ORDER BY name',
    ),
    select<{ table: string; name: string; type: string; default_kind: string; default_expression: string }>(
      client,
      database,
      'SELECT table, name, type, default_kind, default_expression FROM system.columns WHERE database = {database:String} ORDER BY table, position',
    ),
    select<{ table: string; name: string; type: string; type_full: string; expr: string }>(
      client,
      database,
      'SELECT table, name, type, type_full, expr FROM system.data_skipping_indices WHERE database = {database:String} ORDER BY table, name',
    ),
  ])
  const columnsOf = groupBy(columns, (column) => column.table)
  const indexesOf = groupBy(indexes, (index) => index.table)
  const byName = new Map(tables.map((table) => [table.name, table]))
  return tables.map((table) => {
    // A Distributed table has no keys and indexes of its own: those of the table under it count.
    const physical = byName.get(distributedOver(table) ?? '') ?? table
    return {
      database,
      table: table.name,
      engine: table.engine,
      engineFull: physical.engine_full,
      sortingKey: physical.sorting_key,
      partitionKey: physical.partition_key,
      columns: (columnsOf.get(table.name) ?? []).map((column) => ({
        name: column.name,
        type: column.type,
        defaultKind: column.default_kind,
        defaultExpression: column.default_expression,
      })),
      indexes: (indexesOf.get(physical.name) ?? []).map(
        (index): SkipIndex => ({
          name: index.name,
          type: index.type,
          typeFull: index.type_full,
          expression: index.expr,
        }),
      ),
    }
  })
}

function distributedOver(table: TableRow): string | null {
  if (table.engine !== 'Distributed') return null
  return /^Distributed\('[^']*', '[^']*', '([^']*)'/.exec(table.engine_full)?.[1] ?? null
}

async function select<Row>(client: ClickHouseClient, database: string, query: string): Promise<Row[]> {
  const result = await client.query({ query, query_params: { database }, format: 'JSONEachRow' })
  return result.json<Row>()
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
