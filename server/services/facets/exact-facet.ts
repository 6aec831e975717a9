import type { Facet } from '@/lib/api/search'
import { textOf } from '@/server/clickhouse/execute'
import { facetStatement } from '@/server/query/facets'
import { rollupFor } from '@/server/query/rollup'
import { type FacetField, type FacetRun, facetValue } from './facet-run'

/** Counts of a field's values over all matching records, or null when that takes too long. */
export async function exactFacet(run: FacetRun, field: FacetField): Promise<Facet | null> {
  const selection = run.select(run.table, field.name)
  const fields = selection.fields === null ? null : [...selection.fields, field.field]
  const statement = facetStatement({
    table: run.table,
    range: run.range,
    predicate: (table) => (table === run.table ? selection : run.select(table, field.name)).predicate,
    value: (table) => facetValue(table, field),
    limit: run.limit,
    search: run.search,
    rollup: rollupFor(run.table, fields),
  })
  const result = await run.tryExact(statement)
  if (!result) return null
  const values = result.rows.map(([value, count]) => ({ value: textOf(value), count: Number(count) }))
  return { field: field.name, values: values.slice(0, run.limit), more: values.length > run.limit }
}
