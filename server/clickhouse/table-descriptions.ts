import type { TableDescription } from '@/lib/otel/derive-capability'

/** Rows of system.tables, system.columns and system.data_skipping_indices. */
export interface SystemRows {
  readonly tables: readonly {
    readonly name: string
    readonly engine: string
    readonly engine_full: string
    readonly sorting_key: string
    readonly partition_key: string
  }[]
  readonly columns: readonly {
    readonly table: string
    readonly name: string
    readonly type: string
    readonly default_kind: string
    readonly default_expression: string
  }[]
  readonly indexes: readonly {
    readonly table: string
    readonly name: string
    readonly type: string
    readonly type_full: string
    readonly expr: string
  }[]
}

/**
 * Puts the rows of one database together by table. A Distributed table has no keys and indexes of its own:
 * those of the table under it count, when it is in the same database.
 */
export function describeTables(database: string, rows: SystemRows): TableDescription[] {
  const columns = groupBy(rows.columns, (column) => column.table)
  const indexes = groupBy(rows.indexes, (index) => index.table)
  const byName = new Map(rows.tables.map((table) => [table.name, table]))
  return rows.tables.map((table) => {
    const physical = byName.get(distributedOver(table, database) ?? '') ?? table
    return {
      database,
      table: table.name,
      engine: table.engine,
      engineFull: physical.engine_full,
      sortingKey: physical.sorting_key,
      partitionKey: physical.partition_key,
      columns: (columns.get(table.name) ?? []).map((column) => ({
        name: column.name,
        type: column.type,
        defaultKind: column.default_kind,
        defaultExpression: column.default_expression,
      })),
      indexes: (indexes.get(physical.name) ?? []).map((index) => ({
        name: index.name,
        type: index.type,
        typeFull: index.type_full,
        expression: index.expr,
      })),
    }
  })
}

/** `Distributed('cluster', 'database', 'table', …)` → table. */
function distributedOver(table: SystemRows['tables'][number], database: string): string | null {
  const match = /^Distributed\('[^']*', '([^']*)', '([^']*)'/.exec(table.engine_full)
  return match?.[1] === database ? (match[2] ?? null) : null
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
