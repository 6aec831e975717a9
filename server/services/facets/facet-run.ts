import type { Statistics, Warning } from '@/lib/api/common'
import { ProblemError } from '@/lib/api/problem-error'
import type { TableCapability } from '@/lib/otel/capability'
import { compile, type Sql, sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { addStatistics, execute, NO_STATISTICS, type QueryResult } from '@/server/clickhouse/execute'
import { countStatement } from '@/server/query/facets'
import { asText } from '@/server/query/group-value'
import { fieldExpression } from '@/server/query/predicate/field-expression'
import { rollupFor } from '@/server/query/rollup'
import { compileSelection, type Selection, type SelectionInput } from '@/server/query/selection'
import type { ServiceContext } from '../context'

/** Engine time after which an exact count is given up. */
const EXACT_MS = 1000
const SAMPLE_MS = 2000

export interface FacetInput {
  readonly table: TableCapability
  readonly range: TimeRange
  readonly selection: SelectionInput
  readonly limit: number
  readonly search: string | undefined
  readonly author: 'product' | 'person'
}

export interface FacetField {
  /** As requested. */
  readonly name: string
  /** Canonical name, as the predicate compiler gives it. */
  readonly field: string
  readonly isColumn: boolean
  readonly isArray: boolean
}

export interface FacetRun extends FacetInput {
  readonly warnings: readonly Warning[]
  /** The predicate without this field's own filter. */
  select(table: TableCapability, except?: string): Selection
  /** Null when it takes too long. */
  tryExact(statement: Sql): Promise<QueryResult | null>
  /** Like tryExact, with more time: a sample is the last resort. */
  trySample(statement: Sql): Promise<QueryResult | null>
  /** Number of matching records, or null when it takes too long. */
  countMatching(): Promise<number | null>
  statistics(): Statistics
}

export function facetRun(ctx: ServiceContext, input: FacetInput): FacetRun {
  let statistics = NO_STATISTICS
  const select = (table: TableCapability, except?: string) => compileSelection(input.selection, table, except)
  const whole = select(input.table)
  const ask = async (statement: Sql, timeMs: number): Promise<QueryResult> => {
    const result = await execute(ctx.client, compile(statement), {
      signal: ctx.signal,
      author: input.author,
      searchText: whole.searchText,
      limits: { timeMs },
      tags: { query: 'facets', request: ctx.requestId },
    })
    statistics = addStatistics(statistics, result.statistics)
    return result
  }
  const attempt = async (statement: Sql, timeMs: number): Promise<QueryResult | null> => {
    try {
      return await ask(statement, timeMs)
    } catch (error) {
      if (error instanceof ProblemError && GIVE_UP.has(error.code)) return null
      throw error
    }
  }
  const tryExact = (statement: Sql) => attempt(statement, EXACT_MS)
  return {
    ...input,
    warnings: whole.warnings,
    select,
    tryExact,
    trySample: (statement) => attempt(statement, SAMPLE_MS),
    countMatching: async () => {
      const statement = countStatement({
        table: input.table,
        range: input.range,
        predicate: (table) => (table === input.table ? whole : select(table)).predicate,
        rollup: rollupFor(input.table, whole.fields),
      })
      const result = await tryExact(statement)
      return result === null ? null : Number(result.rows[0]?.[0] ?? 0)
    },
    statistics: () => statistics,
  }
}

const GIVE_UP: ReadonlySet<string> = new Set(['query_timeout', 'query_memory', 'query_too_large'])

/** Null when the table has nothing of that name. */
export function fieldOf(run: FacetRun, name: string): FacetField | null {
  const found = fieldExpression(name, run.table)
  if (!found) return null
  const isColumn = run.table.columns.some((column) => column.name === found.field) || found.field === 'level'
  return { name, field: found.field, isColumn, isArray: /^Array\(/.test(found.type) }
}

/** The field's value as text; each element of an array counts. */
export function facetValue(table: TableCapability, field: FacetField): Sql {
  const found = fieldExpression(field.name, table)
  if (!found) return sql`''`
  if (!field.isArray) return asText(found.expr, found.type)
  return sql`toString(arrayJoin(${found.expr}))`
}
