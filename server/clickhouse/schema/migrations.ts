import type { SchemaContext } from './context'
import { logsTable } from './logs'
import { metricsTables } from './metrics'
import { LOGS_ROLLUP_VIEW, logsRollup, TRACES_ROLLUP_VIEW, tracesRollup } from './rollups'
import { createTable, createView } from './table-statements'
import { tracesTable } from './traces'

export interface Migration {
  readonly id: number
  readonly name: string
  readonly statements: (context: SchemaContext) => readonly string[]
}

/**
 * In order, for ever: a released migration is never edited or renumbered, a change is a new one. Every
 * statement may run again (IF NOT EXISTS), because a crash between a statement and its record is normal.
 */
export const MIGRATIONS: readonly Migration[] = [
  { id: 1, name: 'traces', statements: (context) => createTable(tracesTable(context), context) },
  { id: 2, name: 'logs', statements: (context) => createTable(logsTable(context), context) },
  {
    id: 3,
    name: 'metrics',
    statements: (context) => metricsTables(context).flatMap((table) => createTable(table, context)),
  },
  {
    id: 4,
    name: 'spans per minute',
    statements: (context) => [
      ...createTable(tracesRollup(context), context),
      createView(TRACES_ROLLUP_VIEW, context),
    ],
  },
  {
    id: 5,
    name: 'logs per minute',
    statements: (context) => [
      ...createTable(logsRollup(context), context),
      createView(LOGS_ROLLUP_VIEW, context),
    ],
  },
]
