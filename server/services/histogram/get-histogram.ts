import { ProblemError } from '@/lib/api/problem-error'
import type { HistogramRequest, HistogramResponse } from '@/lib/api/search'
import type { TableCapability } from '@/lib/otel/capability'
import { compile, type Sql, sql, trusted } from '@/lib/sql/fragment'
import { formatIso, type TimeRange } from '@/lib/time/range'
import { addStatistics, execute, NO_STATISTICS, type QueryResult, textOf } from '@/server/clickhouse/execute'
import { bucketInterval, bucketStarts } from '@/server/query/bucket-interval'
import { isFieldName } from '@/server/query/columns'
import { asText, defaultGroup, hasFewValues } from '@/server/query/group-value'
import { histogramStatement, MAX_GROUPS, OTHER_GROUP, topGroupsStatement } from '@/server/query/histogram'
import { fieldExpression } from '@/server/query/predicate/field-expression'
import { resolveRange } from '@/server/query/range'
import { rollupFor } from '@/server/query/rollup'
import { compileSelection } from '@/server/query/selection'
import { showSql } from '@/server/query/show-sql'
import { tableOf } from '@/server/query/sources'
import type { ServiceContext } from '../context'
import { checkExpressions } from '../user-sql/check-expressions'

const DEFAULT_BUCKETS = 60

/** POST /api/v1/histogram */
export async function getHistogram(
  ctx: ServiceContext,
  request: HistogramRequest,
): Promise<HistogramResponse> {
  const table = tableOf(await ctx.capabilities(), request.source)
  const range = resolveRange(request, ctx.nowMs)
  const intervalNs = bucketInterval(range, request.buckets ?? DEFAULT_BUCKETS)
  const by = request.groupBy ?? defaultGroup(table)
  const predicateSql = request.language === 'sql' ? (request.query ?? '').trimEnd() : ''
  const texts = [predicateSql, ...(by === null || isFieldName(by) ? [] : [by])].filter((text) => text !== '')
  const checked = await checkExpressions(ctx, texts, predicateSql)
  const input = {
    filters: request.filters,
    query: request.query,
    ...(request.language === 'sql' ? { checkedSql: checked.get(predicateSql) } : {}),
  }
  const selection = compileSelection(input, table)
  const group = groupOf(table, by, checked)
  const fields =
    selection.fields === null || group.field === null ? null : [...selection.fields, ...group.field]
  const parts = {
    table,
    range,
    predicate: (other: TableCapability) =>
      other === table ? selection.predicate : compileSelection(input, other).predicate,
    group: (other: TableCapability) => (other === table ? group.expr : groupOf(other, by, checked).expr),
  }
  let statistics = NO_STATISTICS
  const statements: string[] = []
  const run = async (statement: Sql): Promise<QueryResult> => {
    const compiled = compile(statement)
    const shown = showSql(compiled)
    statements.push(shown)
    const result = await execute(ctx.client, compiled, {
      signal: ctx.signal,
      author: checked.size > 0 ? 'person' : 'product',
      tags: { query: 'histogram', request: ctx.requestId },
      shownSql: shown,
      searchText: selection.searchText,
    })
    statistics = addStatistics(statistics, result.statistics)
    return result
  }
  const named = group.fewGroups
    ? null
    : (await run(topGroupsStatement(parts))).rows.map(([value]) => textOf(value))
  const rollup = named === null ? rollupFor(table, fields) : null
  const result = await run(histogramStatement({ ...parts, intervalNs, named, rollup }))
  const { buckets, total } = toBuckets(result, range, intervalNs)
  return {
    buckets,
    total,
    intervalSeconds: Number(intervalNs) / 1e9,
    sql: statements.join(';\n\n'),
    statistics,
    warnings: [...selection.warnings],
  }
}

interface Group {
  readonly expr: Sql
  /** Columns that it reads; null when unknown. */
  readonly field: readonly string[] | null
  readonly fewGroups: boolean
}

function groupOf(table: TableCapability, by: string | null, checked: ReadonlyMap<string, string>): Group {
  if (by === null) return { expr: sql`''`, field: [], fewGroups: true }
  const checkedSql = checked.get(by)
  if (checkedSql !== undefined) {
    return { expr: asText(trusted(checkedSql), 'unknown'), field: null, fewGroups: false }
  }
  const field = fieldExpression(by, table)
  if (!field) throw new ProblemError('invalid_request', `groupBy: ${by.slice(0, 100)} is not a field.`)
  return { expr: asText(field.expr, field.type), field: [field.field], fewGroups: hasFewValues(field.type) }
}

/** All buckets of the range, in order. A range that starts inside a bucket has that bucket first, partly filled. */
function toBuckets(result: QueryResult, range: TimeRange, intervalNs: bigint) {
  const counted = result.rows.map(([bucket, group, count]) => ({
    bucket: textOf(bucket),
    group: textOf(group),
    count: Number(count),
  }))
  const totals = new Map<string, number>()
  for (const { group, count } of counted) totals.set(group, (totals.get(group) ?? 0) + count)
  const named = new Set(
    [...totals]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MAX_GROUPS + 1)
      .map(([group]) => group),
  )
  const buckets = new Map(
    bucketStarts(range, intervalNs).map((start) => [start.toString(), new Map<string, number>()]),
  )
  for (const { bucket, group, count } of counted) {
    const counts = buckets.get(bucket)
    const name = named.has(group) ? group : OTHER_GROUP
    counts?.set(name, (counts.get(name) ?? 0) + count)
  }
  return {
    buckets: [...buckets].map(([start, counts]) => ({
      time: formatIso(BigInt(start)),
      counts: Object.fromEntries(counts),
    })),
    total: counted.reduce((sum, { count }) => sum + count, 0),
  }
}
