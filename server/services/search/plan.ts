import type { SearchRequest } from '@/lib/api/search'
import type { TableCapability } from '@/lib/otel/capability'
import { defaultColumns, outputColumns, sortKeys, sqlExpressionsIn } from '@/server/query/columns'
import type { SearchPlan } from '@/server/query/search'
import { compileSelection, type Selection } from '@/server/query/selection'
import type { ServiceContext } from '../context'
import { checkExpressions } from '../user-sql/check-expressions'

export interface PlannedSearch {
  readonly plan: SearchPlan
  readonly selection: Selection
  /** `person` when the predicate, a column or an order is SQL that somebody typed. */
  readonly author: 'product' | 'person'
}

/** Resolves what the request names against the table; a person's SQL passes the guard here. */
export async function planSearch(
  ctx: ServiceContext,
  table: TableCapability,
  request: Pick<SearchRequest, 'query' | 'language' | 'filters' | 'columns' | 'order' | 'orderBy'>,
): Promise<PlannedSearch> {
  const columns = request.columns && request.columns.length > 0 ? request.columns : defaultColumns(table)
  const orderBy = request.orderBy ?? []
  const expressions = sqlExpressionsIn([...columns, ...orderBy.map(({ by }) => by)])
  const predicate = request.language === 'sql' ? (request.query ?? '').trimEnd() : ''
  const texts = predicate === '' ? expressions : [predicate, ...expressions]
  const checked = await checkExpressions(ctx, texts, predicate)
  const selection = compileSelection(
    {
      filters: request.filters,
      query: request.query,
      ...(request.language === 'sql' ? { checkedSql: checked.get(predicate) } : {}),
    },
    table,
  )
  const plan: SearchPlan = {
    table,
    predicate: selection.predicate,
    columns: outputColumns(table, columns, checked),
    keys: sortKeys(table, orderBy, request.order ?? 'desc', checked),
  }
  return { plan, selection, author: checked.size > 0 ? 'person' : 'product' }
}
