import { ProblemError } from '@/lib/api/problem-error'
import type { TraceQuery } from '@/lib/api/trace'
import type { TableCapability } from '@/lib/otel/capability'
import { compile, type Sql } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { execute, type QueryResult, textOf } from '@/server/clickhouse/execute'
import { resolveTime } from '@/server/query/range'
import { sourcesOf } from '@/server/query/sources'
import { hasTraceIndex, traceLookupStatement } from '@/server/query/trace'
import type { ServiceContext } from '../context'

const SECOND = 1_000_000_000n
const HOUR = 3600n * SECOND

export interface TracePlace {
  readonly traceId: string
  readonly table: TableCapability
  readonly logs: TableCapability | null
  /** Ranges to look in, one after the other, until there are spans; null is everywhere. */
  readonly ranges: readonly (TimeRange | null)[]
}

/** @throws ProblemError `invalid_request` unless the text is 32 hex digits. */
export function parseTraceId(text: string | undefined): string {
  if (text !== undefined && /^[0-9a-f]{32}$/i.test(text)) return text.toLowerCase()
  throw new ProblemError('invalid_request', 'A trace id is 32 hexadecimal digits.')
}

export function traceQuery(ctx: ServiceContext, statement: Sql, name: string): Promise<QueryResult> {
  const tags = { query: name, request: ctx.requestId }
  return execute(ctx.client, compile(statement), { signal: ctx.signal, tags })
}

/**
 * Where the spans of a trace are: within what the lookup says; else, on a table with a trace-id index, wherever
 * that finds them; else first around the hints, then everywhere.
 */
export async function placeTrace(
  ctx: ServiceContext,
  traceId: string,
  hints: TraceQuery,
): Promise<TracePlace> {
  const sources = sourcesOf(await ctx.capabilities())
  const table = sources.find((source) => source.id === 'traces')?.tables[0]
  if (!table) throw noTrace(traceId)
  const logs = sources.find((source) => source.id === 'logs')?.tables[0] ?? null
  const place = { traceId, table, logs }
  const lookup = traceLookupStatement(table, traceId)
  if (lookup) {
    const found = (await traceQuery(ctx, lookup, 'trace-lookup')).rows[0]
    if (found && Number(found[0]) > 0) {
      const start = BigInt(textOf(found[1]))
      // The lookup keeps whole seconds.
      const range = { from: start - SECOND, to: BigInt(textOf(found[2])) + 2n * SECOND }
      return { ...place, ranges: [range, null] }
    }
  }
  if (hasTraceIndex(table)) return { ...place, ranges: [null] }
  const around = hintedRange(ctx, hints)
  return { ...place, ranges: around ? [around, null] : [null] }
}

/** A trace may begin before the record that led to it, and end after. */
function hintedRange(ctx: ServiceContext, hints: TraceQuery): TimeRange | null {
  if (hints.from === undefined && hints.to === undefined) return null
  const from = resolveTime('from', hints.from ?? hints.to ?? 0, ctx.nowMs)
  const to = resolveTime('to', hints.to ?? hints.from ?? 0, ctx.nowMs)
  return from <= to ? { from: from > HOUR ? from - HOUR : 0n, to: to + HOUR } : null
}

export function noTrace(traceId: string): ProblemError {
  return new ProblemError('not_found', `There is no span with trace id ${traceId}.`, {
    hint: 'Its spans may still be on their way, or older than the retention.',
  })
}
