import type { ColumnRole } from '@/lib/otel/capability'
import { textOf } from '@/server/clickhouse/execute'
import { frequentKeysStatement } from '@/server/query/facets'
import { timeSample } from '@/server/query/time-sample'
import type { FacetRun } from './facet-run'

const COLUMN_ROLES: Readonly<Record<FacetRun['table']['kind'], readonly ColumnRole[]>> = {
  traces: ['service', 'status', 'kind', 'name'],
  logs: ['service', 'severityText', 'scopeName'],
  metrics: ['service'],
}

const KEYS_PER_MAP = 40
const SAMPLE_ROWS = 5000
const ATTRIBUTE_FACETS = 12

/** What people ask first when something is wrong: which version, where. */
const ASKED_FIRST: readonly string[] = [
  'service.version',
  'deployment.environment.name',
  'deployment.environment',
  'cloud.region',
  'k8s.cluster.name',
  'host.name',
  'k8s.pod.name',
]

/** Service first, then the source's own columns, then attributes that occur often and with few values. */
export async function chooseFields(run: FacetRun, fraction: number): Promise<string[]> {
  const { table } = run
  const columns = COLUMN_ROLES[table.kind]
    .map((role) => table.roles[role])
    .filter((name) => name !== undefined)
  const maps = [table.roles.attributes, table.roles.resource].filter((name) =>
    table.columns.some((column) => column.name === name && column.type.startsWith('Map(')),
  )
  const sample = timeSample(run.range, Math.min(1, fraction))
  const predicate = run.select(table).predicate
  const keys = await Promise.all(
    maps.map(async (map) => {
      const statement = frequentKeysStatement(table, map ?? '', predicate, sample, SAMPLE_ROWS, KEYS_PER_MAP)
      const result = await run.trySample(statement)
      return (result?.rows ?? [])
        .map(([key, count, distinct]) => ({
          key: textOf(key),
          count: Number(count),
          distinct: Number(distinct),
        }))
        .filter(({ key, count, distinct }) => isUseful(key, count, distinct))
        .sort((a, b) => place(a.key) - place(b.key))
        .slice(0, ATTRIBUTE_FACETS / 2)
        .map(({ key }) => ({ key, field: `${map}.${key}` }))
    }),
  )
  // What is filtered by has one value left, and stays: its other values are a click away.
  const filtered = Object.keys(run.selection.filters ?? {}).filter((name) =>
    maps.some((map) => name.startsWith(`${map}.`)),
  )
  const attributes = keys
    .flat()
    .sort((a, b) => place(a.key) - place(b.key))
    .map(({ field }) => field)
  return [...new Set([...columns, ...filtered, ...attributes])]
}

/** The sort is stable: all others stay in the order of how often they occur. */
function place(key: string): number {
  const index = ASKED_FIRST.indexOf(key)
  return index < 0 ? ASKED_FIRST.length : index
}

/** Ids and texts, nearly each value once, are no facets; neither is what tells nothing apart. */
function isUseful(key: string, count: number, distinct: number): boolean {
  if (key === 'service.name' || key.length > 200 || distinct < 2) return false
  return distinct <= 20 || distinct < count / 5
}
