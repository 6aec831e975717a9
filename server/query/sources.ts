import { ProblemError } from '@/lib/api/problem-error'
import type { SourceKind, TableCapability } from '@/lib/otel/capability'

/** What a person picks to search: one table, or all metric tables together. */
export interface SourceTables {
  readonly id: string
  readonly name: string
  readonly kind: SourceKind
  readonly tables: readonly TableCapability[]
}

const NAMES: Readonly<Record<SourceKind, string>> = { traces: 'Traces', logs: 'Logs', metrics: 'Metrics' }

/**
 * `traces`, `logs` and `metrics` are the OpenTelemetry tables where they exist, else the first table of the
 * kind; every further table is a source under its own name.
 */
export function sourcesOf(capabilities: readonly TableCapability[]): SourceTables[] {
  const ofKind = (kind: SourceKind) => capabilities.filter((table) => table.kind === kind)
  const main = (['traces', 'logs'] as const).flatMap((kind): SourceTables[] => {
    const table = ofKind(kind).find(({ table: name }) => name === `otel_${kind}`) ?? ofKind(kind)[0]
    return table ? [{ id: kind, name: NAMES[kind], kind, tables: [table] }] : []
  })
  const metrics = ofKind('metrics')
  const taken = new Set(main.flatMap((source) => source.tables))
  const others = capabilities
    .filter((table) => table.kind !== 'metrics' && !taken.has(table))
    .map((table): SourceTables => ({ id: table.table, name: table.table, kind: table.kind, tables: [table] }))
  return [
    ...main,
    ...(metrics.length > 0
      ? [{ id: 'metrics', name: NAMES.metrics, kind: 'metrics' as const, tables: metrics }]
      : []),
    ...others,
  ]
}

/** @throws ProblemError `not_found` */
export function tableOf(capabilities: readonly TableCapability[], sourceId: string): TableCapability {
  const sources = sourcesOf(capabilities)
  const table = sources.find((source) => source.id === sourceId)?.tables[0]
  if (table) return table
  const known = sources.map((source) => source.id).join(', ')
  throw new ProblemError('not_found', `There is no source ${JSON.stringify(sourceId.slice(0, 100))}.`, {
    hint: known === '' ? 'The database has no OpenTelemetry tables yet.' : `Sources: ${known}.`,
  })
}
