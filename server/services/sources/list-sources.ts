import type { Source, SourcesResponse } from '@/lib/api/sources'
import type { ColumnRole, TableCapability } from '@/lib/otel/capability'
import { compile, id, sql } from '@/lib/sql/fragment'
import { formatIso } from '@/lib/time/range'
import { executeOne, textOf } from '@/server/clickhouse/execute'
import { type SourceTables, sourcesOf } from '@/server/query/sources'
import { from, timeColumn } from '@/server/query/time-bounds'
import type { ServiceContext } from '../context'

/** GET /api/v1/sources */
export async function listSources(ctx: ServiceContext): Promise<SourcesResponse> {
  return Promise.all(sourcesOf(await ctx.capabilities()).map((source) => describeSource(ctx, source)))
}

async function describeSource(ctx: ServiceContext, source: SourceTables): Promise<Source> {
  const states = await Promise.all(source.tables.map((table) => stateOf(ctx, table)))
  const newest = states.map((state) => state.newest).filter((time) => time !== null)
  const first = source.tables[0]
  const columns = first?.columns.filter((column) => column.computed !== 'alias') ?? []
  return {
    id: source.id,
    name: source.name,
    kind: source.kind,
    database: first?.database ?? '',
    tables: source.tables.map((table) => table.table),
    columns: columns.map(({ name, type }) => {
      const role = first ? roleOf(first, name) : undefined
      return role === undefined ? { name, type } : { name, type, role }
    }),
    hasData: states.some((state) => state.hasData),
    newest: newest.toSorted().at(-1) ?? null,
  }
}

/**
 * Whether there is a row, and when the newest was. The engine knows both from part metadata where the table is
 * partitioned by time; where it would have to read for long, the newest stays unknown.
 */
async function stateOf(ctx: ServiceContext, table: TableCapability) {
  const time = sql`toUnixTimestamp64Nano(toDateTime64(max(${id(timeColumn(table))}), 9))`
  const statement = compile(sql`SELECT count() > 0, ${time} FROM ${from(table)}`)
  const options = { signal: ctx.signal, limits: { timeMs: 1000 }, tags: { query: 'sources' } }
  try {
    const row = await executeOne(ctx.client, statement, options)
    const hasData = Number(row?.[0]) === 1
    return { hasData, newest: hasData ? formatIso(BigInt(textOf(row?.[1]))) : null }
  } catch (error) {
    ctx.signal.throwIfAborted()
    const any = await executeOne(ctx.client, compile(sql`SELECT 1 FROM ${from(table)} LIMIT 1`), {
      signal: ctx.signal,
      tags: { query: 'sources' },
    })
    if (any === null) throw error
    return { hasData: true, newest: null }
  }
}

function roleOf(table: TableCapability, column: string): ColumnRole | undefined {
  return (Object.keys(table.roles) as ColumnRole[]).find((role) => table.roles[role] === column)
}
