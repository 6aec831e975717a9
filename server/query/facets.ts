import type { Rollup, TableCapability } from '@/lib/otel/capability'
import { id, join, param, type Sql, sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { baseRows, rollupRows, rollupTable, splitRange } from './rollup'
import { from } from './time-bounds'
import { sampleBounds, type TimeSample } from './time-sample'

export interface FacetPlan {
  readonly table: TableCapability
  readonly range: TimeRange
  readonly predicate: (table: TableCapability) => Sql
  readonly value: (table: TableCapability) => Sql
  readonly limit: number
  /** Keeps only values that contain this, any case. */
  readonly search: string | undefined
  readonly rollup: Rollup | null
}

/** Exact counts of one field's values: rows of (value, count), most frequent first, one more than the limit. */
export function facetStatement(plan: FacetPlan): Sql {
  const { table, range, rollup, limit } = plan
  const base = (part: TimeRange) =>
    sql`SELECT ${plan.value(table)} AS v, count() AS n FROM ${baseRows(table, plan.predicate(table), part)} GROUP BY v`
  const parts: Sql[] = []
  if (rollup) {
    const { whole, edges } = splitRange(range, rollup)
    if (whole) {
      const small = rollupTable(table, rollup)
      parts.push(
        sql`SELECT ${plan.value(small)} AS v, sum(${id(rollup.countColumn)}) AS n FROM ${rollupRows(small, plan.predicate(small), whole)} GROUP BY v`,
      )
    }
    parts.push(...edges.map(base))
  } else parts.push(base(range))
  return sql`SELECT v, sum(n) AS c FROM (
${join(
  parts,
  sql`
UNION ALL
`,
)}
)
WHERE ${matches(plan.search)}
GROUP BY v
ORDER BY c DESC, v
LIMIT ${param(limit + 1, 'UInt32')}`
}

export interface SampledFacetsPlan {
  readonly table: TableCapability
  readonly sample: TimeSample
  readonly predicate: Sql
  /** Values as text; '' is left out: most attributes are absent from most records. */
  readonly values: readonly Sql[]
  readonly limit: number
  readonly search: string | undefined
}

/** Several fields in one pass: rows of (index of the field, value, count). */
export function sampledFacetsStatement(plan: SampledFacetsPlan): Sql {
  const pairs = plan.values.map((value, i) => sql`(${param(i, 'UInt16')}, ${value})`)
  return sql`SELECT p.1 AS f, p.2 AS v, count() AS c FROM (
SELECT arrayJoin([${join(pairs, sql`, `)}]) AS p
FROM ${from(plan.table)}
WHERE (${sampleBounds(plan.table, plan.sample)}) AND (${plan.predicate})
)
WHERE v != '' AND ${matches(plan.search)}
GROUP BY f, v
ORDER BY f, c DESC, v
LIMIT ${param(plan.limit + 1, 'UInt32')} BY f`
}

/** How many records match, exactly. */
export function countStatement(plan: Pick<FacetPlan, 'table' | 'range' | 'predicate' | 'rollup'>): Sql {
  const { table, range, rollup } = plan
  const base = (part: TimeRange) =>
    sql`SELECT count() AS n FROM ${baseRows(table, plan.predicate(table), part)}`
  if (!rollup) return base(range)
  const { whole, edges } = splitRange(range, rollup)
  const parts = edges.map(base)
  if (whole) {
    const small = rollupTable(table, rollup)
    parts.push(
      sql`SELECT sum(${id(rollup.countColumn)}) AS n FROM ${rollupRows(small, plan.predicate(small), whole)}`,
    )
  }
  return sql`SELECT sum(n) FROM (${join(parts, sql` UNION ALL `)})`
}

/** Keys of a map column that occur most among the newest records, with how many distinct values each has. */
export function frequentKeysStatement(
  table: TableCapability,
  map: string,
  predicate: Sql,
  sample: TimeSample,
  rows: number,
  keys: number,
): Sql {
  return sql`SELECT k, count() AS c, uniq(v) AS u FROM (
SELECT ${id(map)} AS m
FROM ${from(table)}
WHERE (${sampleBounds(table, sample)}) AND (${predicate})
LIMIT ${param(rows, 'UInt32')}
)
ARRAY JOIN mapKeys(m) AS k, mapValues(m) AS v
GROUP BY k
ORDER BY c DESC, k
LIMIT ${param(keys, 'UInt32')}`
}

function matches(search: string | undefined): Sql {
  if (search === undefined || search === '') return sql`1`
  return sql`positionCaseInsensitiveUTF8(v, ${param(search, 'String')}) > 0`
}
