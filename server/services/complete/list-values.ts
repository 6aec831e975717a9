import type { TableCapability } from '@/lib/otel/capability'
import { compile, type Sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { execute, textOf } from '@/server/clickhouse/execute'
import { indexedValuesStatement, textIndexOn, valuesStatement } from '@/server/query/complete'
import { fieldExpression } from '@/server/query/predicate/field-expression'
import { resolveField } from '@/server/query/predicate/resolve-field'
import { rollupFor } from '@/server/query/rollup'
import type { ServiceContext } from '../context'
import { orNothing, TIME_MS } from './soft-limit'

export interface CountedValue {
  readonly value: string
  /** Null when it comes from a sample. */
  readonly count: number | null
}

const MAX_VALUES = 50

/** Values of a field that begin with (index) or contain (rollup, sample) what is typed. */
export async function listValues(
  ctx: ServiceContext,
  table: TableCapability,
  range: TimeRange,
  field: string,
  prefix: string,
): Promise<CountedValue[]> {
  const statements = indexed(table, range, field, prefix)
  if (statements.length > 0) {
    const found = await Promise.all(statements.map((statement) => ask(ctx, statement, true)))
    const values = found.flat().sort((a, b) => (b.count ?? 0) - (a.count ?? 0))
    if (values.length > 0) return unique(values)
  }
  const expression = fieldExpression(field, table)
  if (!expression) return []
  const rollup = rollupFor(table, [expression.field])
  const statement = valuesStatement(table, field, prefix, range, MAX_VALUES, rollup)
  return statement ? ask(ctx, statement, rollup !== null) : []
}

/** One question for each map that may hold the key and has an index of its items. */
function indexed(table: TableCapability, range: TimeRange, field: string, prefix: string): Sql[] {
  const slots = resolveField(field, table)?.slots ?? []
  return slots.flatMap((slot) => {
    const index = textIndexOn(table, table.items[slot.column])
    if (slot.key === undefined || !index) return []
    return [indexedValuesStatement(table, index, slot.key, prefix, range, MAX_VALUES)]
  })
}

async function ask(ctx: ServiceContext, statement: Sql, isCounted: boolean): Promise<CountedValue[]> {
  const result = await orNothing(
    execute(ctx.client, compile(statement), {
      signal: ctx.signal,
      limits: { timeMs: TIME_MS },
      tags: { query: 'complete-values', request: ctx.requestId },
    }),
  )
  return (result?.rows ?? []).map(([value, count]) => ({
    value: textOf(value),
    count: isCounted ? Number(count) : null,
  }))
}

function unique(values: readonly CountedValue[]): CountedValue[] {
  const seen = new Set<string>()
  return values.filter(({ value }) => !seen.has(value) && seen.add(value))
}
