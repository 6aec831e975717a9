import type { ClickHouseClient } from '@clickhouse/client'
import { quote, type SchemaContext } from './context'
import { MIGRATIONS } from './migrations'
import { onCluster } from './table-statements'

export const MIGRATIONS_TABLE = 'spanlight_migrations'

export interface MigrateConfig {
  readonly database: string
  readonly cluster: string | null
  readonly ttl: SchemaContext['ttl']
}

export interface PlannedMigration {
  readonly id: number
  readonly name: string
  readonly statements: readonly string[]
}

export interface Applied {
  readonly id: number
  readonly name: string
  /** Wall time of its statements. */
  readonly ms: number
}

/** The whole list, or what is left of it: pure, for `--dry-run` and for tests. */
export function planMigrations(
  context: SchemaContext,
  done: ReadonlySet<number> = new Set(),
): PlannedMigration[] {
  return MIGRATIONS.filter((migration) => !done.has(migration.id)).map((migration) => ({
    id: migration.id,
    name: migration.name,
    statements: migration.statements(context),
  }))
}

/**
 * What `migrate` would do now. `foreign` lists tables that somebody else (a Collector, HyperDX) made: then
 * nothing is created and nothing altered, and they are read as they are.
 */
export async function pendingMigrations(
  client: ClickHouseClient,
  config: MigrateConfig,
): Promise<{ foreign: readonly string[]; pending: readonly PlannedMigration[] }> {
  const tables = await existingTables(client, config.database)
  const ours = tables.includes(MIGRATIONS_TABLE)
  const foreign = ours ? [] : tables.filter((name) => name.startsWith('otel_'))
  if (foreign.length > 0) return { foreign, pending: [] }
  const context: SchemaContext = { ...config, textIndex: await hasTextIndex(client) }
  const done = ours ? await doneMigrations(client, config.database) : new Set<number>()
  return { foreign: [], pending: planMigrations(context, done) }
}

/**
 * Creates Spanlight's tables or brings an existing install up to date. Safe to run from several processes at
 * once and after a crash. Returns what was applied; nothing when all is up to date or the tables are not ours.
 */
export async function migrate(client: ClickHouseClient, config: MigrateConfig): Promise<Applied[]> {
  const { pending } = await pendingMigrations(client, config)
  if (pending.length === 0) return []
  for (const statement of bookkeeping(config)) await client.command({ query: statement })
  const applied: Applied[] = []
  for (const migration of pending) {
    const start = performance.now()
    for (const statement of migration.statements) await runStatement(client, migration, statement)
    await client.command({
      query: `INSERT INTO ${quote(config.database)}.${quote(MIGRATIONS_TABLE)} (Id, Name) VALUES ({id:UInt32}, {name:String})`,
      query_params: { id: migration.id, name: migration.name },
    })
    applied.push({ id: migration.id, name: migration.name, ms: Math.round(performance.now() - start) })
  }
  return applied
}

async function runStatement(
  client: ClickHouseClient,
  migration: PlannedMigration,
  query: string,
): Promise<void> {
  try {
    await client.command({ query })
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    const what = query.split('\n', 1)[0] ?? query
    throw new Error(`Migration ${migration.id} (${migration.name}) failed at "${what}": ${cause}`, {
      cause: error,
    })
  }
}

/** Made before any other table, so its presence says that the otel_ tables beside it are ours. */
function bookkeeping(config: MigrateConfig): string[] {
  const clustered = onCluster({ ...config, textIndex: false })
  const engine =
    config.cluster === null
      ? 'MergeTree'
      : "ReplicatedMergeTree('/clickhouse/tables/all/{database}/{table}', '{shard}-{replica}')"
  return [
    `CREATE DATABASE IF NOT EXISTS ${quote(config.database)}${clustered}`,
    `CREATE TABLE IF NOT EXISTS ${quote(config.database)}.${quote(MIGRATIONS_TABLE)}${clustered}
(Id UInt32, Name String, AppliedAt DateTime64(3) DEFAULT now64(3))
ENGINE = ${engine} ORDER BY Id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  ]
}

async function existingTables(client: ClickHouseClient, database: string): Promise<string[]> {
  const result = await client.query({
    query: 'SELECT name FROM system.tables WHERE database = {database:String} ORDER BY name',
    query_params: { database },
    format: 'JSONEachRow',
  })
  return (await result.json<{ name: string }>()).map((row) => row.name)
}

async function doneMigrations(client: ClickHouseClient, database: string): Promise<Set<number>> {
  const result = await client.query({
    query: `SELECT DISTINCT Id AS id FROM ${quote(database)}.${quote(MIGRATIONS_TABLE)}`,
    format: 'JSONEachRow',
  })
  return new Set((await result.json<{ id: number }>()).map((row) => row.id))
}

/** Text indexes are generally available from 26.2. */
async function hasTextIndex(client: ClickHouseClient): Promise<boolean> {
  const result = await client.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' })
  const [row] = await result.json<{ version: string }>()
  return supportsTextIndex(row?.version ?? '')
}

export function supportsTextIndex(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 26 || (major === 26 && minor >= 2)
}
