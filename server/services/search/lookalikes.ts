import type { Sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import type { QueryResult } from '@/server/clickhouse/execute'
import { earliest, intersection, latest } from '@/server/query/nanos'
import { type SearchPlan, searchStatement } from '@/server/query/search'
import { type FoundRow, readRows } from './found-row'
import { numberCopies } from './walk'

/**
 * Gives rows that look alike (one nanosecond, equal in the light columns) the hash of all their columns, so
 * that each has an id of its own and the row view opens the right one. Costs one query, and only then.
 */
export async function separateLookalikes(
  run: (statement: Sql) => Promise<QueryResult>,
  plan: SearchPlan,
  range: TimeRange,
  rows: readonly FoundRow[],
): Promise<readonly FoundRow[]> {
  const groups = new Map<string, number[]>()
  rows.forEach((row, i) => {
    if (row.hash !== undefined) return
    const key = `${row.timeNs}.${row.lookalike}`
    const group = groups.get(key)
    if (group) group.push(i)
    else groups.set(key, [i])
  })
  const alike = [...groups].filter(([, places]) => places.length > 1)
  if (alike.length === 0) return rows
  const times = [...new Set(alike.map(([key]) => key.split('.')[0] ?? ''))]
  const nanos = times.map(BigInt)
  const bounds = { from: earliest(nanos[0] ?? 0n, ...nanos), to: latest(0n, ...nanos) + 1n }
  const slice = { kind: 'times', timesNs: times } as const
  const found = readRows(plan, await run(searchStatement(plan, intersection(range, bounds), slice, MAX_ROWS)))
  const byKey = new Map<string, FoundRow[]>()
  for (const row of numberCopies(found.rows)) {
    const key = `${row.timeNs}.${row.lookalike}`
    const group = byKey.get(key)
    if (group) group.push(row)
    else byKey.set(key, [row])
  }
  const result = [...rows]
  for (const [key, places] of alike) {
    const group = byKey.get(key) ?? []
    // More rows can have arrived meanwhile, and some can be gone: places without one keep what they had.
    places.forEach((place, n) => {
      const row = group[n]
      if (row) result[place] = row
    })
  }
  return result
}

/** Far more than a page: a group of lookalikes lies within one, or was separated at its end. */
const MAX_ROWS = 100_000
