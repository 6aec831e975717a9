import {
  type IndexDefinition,
  interval,
  literal,
  quote,
  type SchemaContext,
  type TableDefinition,
} from './context'

/**
 * Settings of every table:
 * - a 200 to a sender means that the rows survive power loss (docs/ingest.md, Durability), so parts are fsynced;
 * - whole parts expire, never single rows;
 * - a batch that is sent twice with its token is stored once.
 */
const SETTINGS: Readonly<Record<string, string | number>> = {
  ttl_only_drop_parts: 1,
  fsync_after_insert: 1,
  fsync_part_directory: 1,
  min_rows_to_fsync_after_merge: 1,
}

/** Statements that create a table: one on a single server, the local and the Distributed one on a cluster. */
export function createTable(table: TableDefinition, context: SchemaContext): string[] {
  const local = localName(table.name, context)
  const lines = [
    ...table.columns,
    ...(table.indexes ?? []).map((index) => indexClause(index, context)).filter((line) => line !== null),
  ]
  const settings = Object.entries({ ...SETTINGS, ...dedupSettings(context), ...table.settings })
  const create = [
    `CREATE TABLE IF NOT EXISTS ${quote(context.database)}.${quote(local)}${onCluster(context)}`,
    `(\n  ${lines.join(',\n  ')}\n)`,
    `ENGINE = ${engine(table.engine, context)}`,
    `PARTITION BY ${table.partitionBy}`,
    `ORDER BY ${table.orderBy}`,
    ...(table.ttlFrom === '' ? [] : [`TTL ${table.ttlFrom} + ${interval(table.ttl)}`]),
    `SETTINGS ${settings.map(([name, value]) => `${name} = ${value}`).join(', ')}`,
  ].join('\n')
  if (context.cluster === null) return [create]
  const distributed = `CREATE TABLE IF NOT EXISTS ${quote(context.database)}.${quote(table.name)}${onCluster(context)}
AS ${quote(context.database)}.${quote(local)}
ENGINE = Distributed(${literal(context.cluster)}, ${literal(context.database)}, ${literal(local)}, ${table.shardBy})`
  return [create, distributed]
}

/** A view reads and writes the local tables: each shard aggregates its own rows. */
export function createView(
  view: { name: string; from: string; to: string; select: (from: string) => string },
  context: SchemaContext,
): string {
  const qualified = (name: string) => `${quote(context.database)}.${quote(localName(name, context))}`
  return `CREATE MATERIALIZED VIEW IF NOT EXISTS ${quote(context.database)}.${quote(view.name)}${onCluster(context)}
TO ${qualified(view.to)}
AS ${view.select(qualified(view.from))}`
}

export function onCluster(context: SchemaContext): string {
  return context.cluster === null ? '' : ` ON CLUSTER ${quote(context.cluster)}`
}

export function localName(name: string, context: SchemaContext): string {
  return context.cluster === null ? name : `${name}_local`
}

function engine(family: TableDefinition['engine'], context: SchemaContext): string {
  if (context.cluster === null) return family
  return `Replicated${family}('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')`
}

/** Replicated tables have a window of their own. */
function dedupSettings(context: SchemaContext): Record<string, number> {
  return context.cluster === null ? { non_replicated_deduplication_window: 1000 } : {}
}

function indexClause(index: IndexDefinition, context: SchemaContext): string | null {
  const type = context.textIndex ? index.text : index.fallback
  return type === null ? null : `INDEX ${index.name} ${index.expression} TYPE ${type}`
}
