import type { Facet } from '@/lib/api/search'
import { textOf } from '@/server/clickhouse/execute'
import { sampledFacetsStatement } from '@/server/query/facets'
import { timeSample } from '@/server/query/time-sample'
import { type FacetField, type FacetRun, facetValue } from './facet-run'

export interface SampledFacets {
  readonly facets: readonly Facet[]
  /** Counts are estimates. */
  readonly sampled: boolean
}

/**
 * Counts in a part of the time range (all of it for fraction 1), scaled to the whole. Fields without a filter
 * of their own share one pass.
 */
export async function sampledFacets(
  run: FacetRun,
  fields: readonly FacetField[],
  fraction: number,
): Promise<SampledFacets> {
  const filters = run.selection.filters ?? {}
  const shared = fields.filter((field) => !Object.hasOwn(filters, field.name))
  const own = fields.filter((field) => Object.hasOwn(filters, field.name)).map((field) => [field])
  const passes = shared.length > 0 ? [shared, ...own] : own
  const results = await Promise.all(passes.map((pass) => onePass(run, pass, fraction)))
  return {
    facets: results.flatMap((result) => result.facets),
    sampled: results.some((result) => result.sampled),
  }
}

/** A pass that takes too long is tried once more on a tenth; then its facets are left out. */
async function onePass(
  run: FacetRun,
  fields: readonly FacetField[],
  fraction: number,
): Promise<SampledFacets> {
  const found = (await tryPass(run, fields, fraction)) ?? (await tryPass(run, fields, fraction / 10))
  return found ?? { facets: [], sampled: false }
}

async function tryPass(
  run: FacetRun,
  fields: readonly FacetField[],
  fraction: number,
): Promise<SampledFacets | null> {
  const sample = timeSample(run.range, fraction)
  const only = fields.length === 1 ? fields[0] : undefined
  const statement = sampledFacetsStatement({
    table: run.table,
    sample,
    predicate: run.select(run.table, only?.name).predicate,
    values: fields.map((field) => facetValue(run.table, field)),
    limit: run.limit,
    search: run.search,
  })
  const result = await run.trySample(statement)
  if (!result) return null
  const facets = fields.map((field, i): Facet => {
    const values = result.rows
      .filter(([index]) => Number(index) === i)
      .map(([, value, count]) => ({ value: textOf(value), count: Math.round(Number(count) * sample.factor) }))
    return { field: field.name, values: values.slice(0, run.limit), more: values.length > run.limit }
  })
  return { facets, sampled: sample.factor > 1 }
}
