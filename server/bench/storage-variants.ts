import type { SchemaContext, TableDefinition } from '@/server/clickhouse/schema/context'
import { logsTable } from '@/server/clickhouse/schema/logs'
import {
  LOGS_ROLLUP_VIEW,
  logsRollup,
  TRACES_ROLLUP_VIEW,
  tracesRollup,
} from '@/server/clickhouse/schema/rollups'
import { createTable, createView } from '@/server/clickhouse/schema/table-statements'
import { tracesTable } from '@/server/clickhouse/schema/traces'

export type BenchSignal = 'traces' | 'logs'

/** One layout to be priced: the statements that make it in its own database. */
export interface Variant {
  readonly name: string
  readonly statements: (database: string) => readonly string[]
}

const TTL = { traces: '3650d', logs: '3650d', metrics: '3650d' }

/** From no index at all, over each index and rollup alone, to the whole. */
export function variants(signal: BenchSignal): Variant[] {
  const table = (context: SchemaContext) => (signal === 'traces' ? tracesTable(context) : logsTable(context))
  const indexes = (table(contextOf('x')).indexes ?? []).map((index) => index.name)
  const only =
    (names: readonly string[], change: (table: TableDefinition) => TableDefinition = (same) => same) =>
    (database: string) => {
      const context = contextOf(database)
      const whole = table(context)
      const kept = { ...whole, indexes: (whole.indexes ?? []).filter((index) => names.includes(index.name)) }
      return createTable(change(kept), context)
    }
  const rollup = (database: string) => {
    const context = contextOf(database)
    return signal === 'traces'
      ? [...createTable(tracesRollup(context), context), createView(TRACES_ROLLUP_VIEW, context)]
      : [...createTable(logsRollup(context), context), createView(LOGS_ROLLUP_VIEW, context)]
  }
  return [
    { name: 'plain, default granularity', statements: only([], withSettings({ index_granularity: 8192 })) },
    { name: 'plain', statements: only([]) },
    ...indexes.map((name) => ({ name: `+ ${name}`, statements: only([name]) })),
    { name: '+ rollup per minute', statements: (database) => [...only([])(database), ...rollup(database)] },
    { name: 'whole', statements: (database) => [...only(indexes)(database), ...rollup(database)] },
    {
      name: 'whole, no fsync',
      statements: (database) => [
        ...only(
          indexes,
          withSettings({ fsync_after_insert: 0, fsync_part_directory: 0, min_rows_to_fsync_after_merge: 0 }),
        )(database),
        ...rollup(database),
      ],
    },
  ]
}

function contextOf(database: string): SchemaContext {
  return { database, cluster: null, ttl: TTL, textIndex: true }
}

function withSettings(settings: Record<string, number>) {
  return (table: TableDefinition): TableDefinition => ({
    ...table,
    settings: { ...table.settings, ...settings },
  })
}
