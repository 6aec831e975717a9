import type { ClickHouseClient } from '@clickhouse/client'
import type { TableCapability } from '@/lib/otel/capability'
import type { Roles } from '@/lib/otel/column-roles'
import { deriveCapability, type TableDescription } from '@/lib/otel/derive-capability'
import { describeTables, type SystemRows } from './table-descriptions'

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
  const loaded = readDescriptions(client, database).then((tables) => deriveAll(tables, options.roles ?? {}))
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

async function readDescriptions(client: ClickHouseClient, database: string): Promise<TableDescription[]> {
  const [tables, columns, indexes] = await Promise.all([
    select<SystemRows['tables'][number]>(
      client,
      database,
      'SELECT name, engine, engine_full, sorting_key, partition_key FROM system.tables WHERE database = {database:String} ORDER BY name',
    ),
    select<SystemRows['columns'][number]>(
      client,
      database,
      'SELECT table, name, type, default_kind, default_expression FROM system.columns WHERE database = {database:String} ORDER BY table, position',
    ),
    select<SystemRows['indexes'][number]>(
      client,
      database,
      'SELECT table, name, type, type_full, expr FROM system.data_skipping_indices WHERE database = {database:String} ORDER BY table, name',
    ),
  ])
  return describeTables(database, { tables, columns, indexes })
}

async function select<Row>(client: ClickHouseClient, database: string, query: string): Promise<Row[]> {
  const result = await client.query({ query, query_params: { database }, format: 'JSONEachRow' })
  return result.json<Row>()
}
