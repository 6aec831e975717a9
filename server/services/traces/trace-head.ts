import type { TraceSkeleton } from '@/lib/api/trace'
import { formatIso } from '@/lib/time/range'
import { type QueryResult, textOf } from '@/server/clickhouse/execute'
import { earliest, latest } from '@/server/query/nanos'

export type TraceHead = Pick<
  TraceSkeleton,
  'traceId' | 'start' | 'end' | 'durationNs' | 'services' | 'spanCount' | 'errorCount'
>

export interface HeadSpan {
  readonly startNs: bigint
  readonly durationNs: bigint
  readonly service: string
  readonly isError: boolean
}

/** The head of a trace from all of its spans. A negative duration does not pull the end before the start. */
export function headOfSpans(traceId: string, spans: Iterable<HeadSpan>): TraceHead {
  const services = new Map<string, number>()
  let start: bigint | null = null
  let end = 0n
  let spanCount = 0
  let errorCount = 0
  for (const span of spans) {
    const finish = span.durationNs > 0n ? span.startNs + span.durationNs : span.startNs
    start = earliest(span.startNs, start ?? span.startNs)
    end = latest(end, finish)
    spanCount++
    if (span.isError) errorCount++
    services.set(span.service, (services.get(span.service) ?? 0) + 1)
  }
  return headOf({
    traceId,
    start: start ?? 0n,
    end,
    services: [...services].map(([name, count]) => ({ name, spanCount: count })),
    spanCount,
    errorCount,
  })
}

/** The head of a trace of which only a part was read, from its totals by service. */
export function headOfTotals(traceId: string, totals: QueryResult): TraceHead {
  const rows = totals.rows.map(([service, spans, errors, start, end]) => ({
    service: textOf(service),
    spans: Number(spans),
    errors: Number(errors),
    start: BigInt(textOf(start)),
    end: BigInt(textOf(end)),
  }))
  const start = earliest(rows[0]?.start ?? 0n, ...rows.map((row) => row.start))
  const end = latest(start, ...rows.map((row) => row.end))
  return headOf({
    traceId,
    start,
    end,
    services: rows.map((row) => ({ name: row.service, spanCount: row.spans })),
    spanCount: rows.reduce((sum, row) => sum + row.spans, 0),
    errorCount: rows.reduce((sum, row) => sum + row.errors, 0),
  })
}

interface HeadParts extends Pick<TraceHead, 'traceId' | 'services' | 'spanCount' | 'errorCount'> {
  readonly start: bigint
  readonly end: bigint
}

/** Services with the most spans come first. */
export function headOf({ start, end, services, ...rest }: HeadParts): TraceHead {
  return {
    ...rest,
    start: formatIso(start),
    end: formatIso(end),
    durationNs: (end - start).toString(),
    services: [...services].sort((a, b) => b.spanCount - a.spanCount || (a.name < b.name ? -1 : 1)),
  }
}
