import type { Warning } from '@/lib/api/common'
import { ProblemError } from '@/lib/api/problem-error'
import type { Facet, FacetsRequest, FacetsResponse } from '@/lib/api/search'
import { resolveRange } from '@/server/query/range'
import { tableOf } from '@/server/query/sources'
import type { ServiceContext } from '../context'
import { checkExpressions } from '../user-sql/check-expressions'
import { chooseFields } from './choose-fields'
import { exactFacet } from './exact-facet'
import { type FacetRun, facetRun, fieldOf } from './facet-run'
import { sampledFacets } from './sampled-facets'

const DEFAULT_LIMIT = 50

/** Attributes are counted in all matching records up to this many, beyond it in a sample of about as many. */
const EXACT_ROWS = 100_000

/**
 * POST /api/v1/facets. Columns are counted exactly, from the rollup where it has them; what takes longer than
 * about a second, and attributes of very many records, from a sample, and the answer says so.
 */
export async function getFacets(ctx: ServiceContext, request: FacetsRequest): Promise<FacetsResponse> {
  const table = tableOf(await ctx.capabilities(), request.source)
  const range = resolveRange(request, ctx.nowMs)
  const isSql = request.language === 'sql'
  const predicateSql = isSql ? (request.query ?? '').trimEnd() : ''
  const checked = await checkExpressions(ctx, predicateSql === '' ? [] : [predicateSql], predicateSql)
  const run: FacetRun = facetRun(ctx, {
    table,
    range,
    selection: {
      filters: request.filters,
      query: request.query,
      ...(isSql ? { checkedSql: checked.get(predicateSql) } : {}),
    },
    limit: request.limit ?? DEFAULT_LIMIT,
    search: request.search,
    author: checked.size > 0 ? 'person' : 'product',
  })
  const total = await run.countMatching()
  const fraction = Math.min(1, EXACT_ROWS / Math.max(1, total ?? EXACT_ROWS * 100))
  const fields = request.fields ?? (await chooseFields(run, fraction))
  const known = fields.map((name) => fieldOf(run, name))
  const unknown = fields.filter((_, i) => known[i] === null)
  if (unknown.length > 0 && request.fields) {
    throw new ProblemError('invalid_request', `fields: ${unknown.join(', ').slice(0, 200)} cannot be read.`)
  }
  const usable = known.filter((field) => field !== null)
  const columns = usable.filter((field) => field.isColumn)
  const attributes = usable.filter((field) => !field.isColumn)
  const [counted, attributeFacets] = await Promise.all([
    Promise.all(columns.map((field) => exactFacet(run, field))),
    sampledFacets(run, attributes, fraction),
  ])
  const late = columns.filter((_, i) => counted[i] === null)
  const lateFacets = await sampledFacets(run, late, fraction)
  const facets = new Map<string, Facet>()
  for (const facet of [...counted, ...attributeFacets.facets, ...lateFacets.facets])
    if (facet) facets.set(facet.field, facet)
  const sampled = attributeFacets.sampled || lateFacets.sampled
  return {
    facets: fields.flatMap((name) => facets.get(name) ?? []),
    sampled,
    statistics: run.statistics(),
    warnings: [...run.warnings, ...warningsOf(sampled, late.length > 0, fields.length - facets.size)],
  }
}

function warningsOf(sampled: boolean, isLate: boolean, missing: number): Warning[] {
  const hint = 'Choose a shorter time range or add a filter for exact counts.'
  const what = isLate ? 'Some counts' : 'Counts of attributes'
  const warnings: Warning[] = []
  if (sampled) {
    const message = `${what} are estimates from a sample of the time range: counting every record would take too long.`
    warnings.push({ code: 'sampled', message, hint })
  }
  if (missing > 0) {
    warnings.push({
      code: 'facets_missing',
      message: `${missing} facets took too long and are left out.`,
      hint,
    })
  }
  return warnings
}
