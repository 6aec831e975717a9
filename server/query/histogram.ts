import type { Rollup, TableCapability } from '@/lib/otel/capability'
import { id, join, param, type Sql, sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { baseRows, rollupRows, rollupTable, splitRange } from './rollup'
import { timeNanos } from './time-bounds'

/** Groups shown by name; the others are added up. */
export const MAX_GROUPS = 20
export const OTHER_GROUP = '(other)'

export interface HistogramPlan {
  readonly table: TableCapability
  readonly range: TimeRange
  readonly intervalNs: bigint
  /** Compiles the predicate against a table: the base table or its rollup. */
  readonly predicate: (table: TableCapability) => Sql
  /** The value to group by, as text. */
  readonly group: (table: TableCapability) => Sql
  /** The groups to name, when there may be many: others are added up. Null: all are named. */
  readonly named: readonly string[] | null
  /** Set when the rollup can answer. */
  readonly rollup: Rollup | null
}

/**
 * Rows of (bucket start in ns, group, count), empty buckets left out. From a rollup the answer is exact too:
 * the parts of the range that are not whole rollup buckets are counted in the base table.
 */
export function histogramStatement(plan: HistogramPlan): Sql {
  const { rollup, intervalNs } = plan
  if (rollup && intervalNs % (BigInt(rollup.bucketSeconds) * 1_000_000_000n) === 0n) {
    return fromRollup(plan, rollup)
  }
  return sql`${baseCounts(plan, plan.range)}
ORDER BY bucket, n DESC`
}

function fromRollup(plan: HistogramPlan, rollup: Rollup): Sql {
  const { whole, edges } = splitRange(plan.range, rollup)
  const parts = edges.map((edge) => baseCounts(plan, edge))
  if (whole) {
    const table = rollupTable(plan.table, rollup)
    const seconds = param(plan.intervalNs / 1_000_000_000n, 'UInt32')
    const bucket = sql`toInt64(intDiv(toUnixTimestamp(${id(rollup.timeColumn)}), ${seconds})) * ${param(plan.intervalNs, 'Int64')}`
    parts.unshift(sql`SELECT ${bucket} AS bucket, ${plan.group(table)} AS g, sum(${id(rollup.countColumn)}) AS n
FROM ${rollupRows(table, plan.predicate(table), whole)}
GROUP BY bucket, g`)
  }
  if (parts.length === 1 && parts[0])
    return sql`${parts[0]}
ORDER BY bucket, n DESC`
  return sql`SELECT bucket, g, sum(n) AS n FROM (
${join(
  parts,
  sql`
UNION ALL
`,
)}
)
GROUP BY bucket, g
ORDER BY bucket, n DESC`
}

function baseCounts(plan: HistogramPlan, range: TimeRange): Sql {
  const { table } = plan
  const interval = param(plan.intervalNs, 'Int64')
  const rows = baseRows(table, plan.predicate(table), range)
  const group = plan.group(table)
  const named = plan.named
    ? sql`if(${group} IN ${param(plan.named, 'Array(String)')}, ${group}, ${param(OTHER_GROUP, 'String')})`
    : group
  return sql`SELECT intDiv(${timeNanos(table)}, ${interval}) * ${interval} AS bucket, ${named} AS g, count() AS n
FROM ${rows}
GROUP BY bucket, g`
}

/**
 * The most frequent groups. A statement of its own: as a subquery of the histogram's IN it would run while that
 * one is planned, which the embedded engine does on its only thread for requests.
 */
export function topGroupsStatement(plan: Omit<HistogramPlan, 'named' | 'rollup' | 'intervalNs'>): Sql {
  const { table } = plan
  return sql`SELECT ${plan.group(table)} AS g, count() AS n
FROM ${baseRows(table, plan.predicate(table), plan.range)}
GROUP BY g
ORDER BY n DESC, g
LIMIT ${param(MAX_GROUPS, 'UInt32')}`
}
