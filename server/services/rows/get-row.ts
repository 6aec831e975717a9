import { ProblemError } from '@/lib/api/problem-error'
import type { RowResponse } from '@/lib/api/search'
import { compile } from '@/lib/sql/fragment'
import { execute, toObjects } from '@/server/clickhouse/execute'
import { rowStatement } from '@/server/query/row'
import { parseRowId } from '@/server/query/row-identity'
import { tableOf } from '@/server/query/sources'
import type { ServiceContext } from '../context'

/** GET /api/v1/rows/{source}/{_id} */
export async function getRow(ctx: ServiceContext, source: string, id: string): Promise<RowResponse> {
  const row = parseRowId(id)
  if (!row) throw new ProblemError('invalid_request', 'The row id is not one that a search gave.')
  const table = tableOf(await ctx.capabilities(), source)
  const result = await execute(ctx.client, compile(rowStatement(table, row)), {
    signal: ctx.signal,
    tags: { query: 'row', request: ctx.requestId },
  })
  const found = toObjects(result)[0]
  if (!found) {
    throw new ProblemError('not_found', 'The record is not there (any more).', {
      hint: 'It may have passed its retention.',
    })
  }
  return { source, id, columns: [...result.columns], row: found }
}
