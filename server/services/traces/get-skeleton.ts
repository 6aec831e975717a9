import { SPAN_MARK, type TraceQuery, type TraceSkeleton } from '@/lib/api/trace'
import { type Cell, type QueryResult, textOf } from '@/server/clickhouse/execute'
import { skeletonStatement, traceTotalsStatement } from '@/server/query/trace'
import type { ServiceContext } from '../context'
import { noTrace, parseTraceId, placeTrace, traceQuery } from './find-trace'
import { readTraceLogs } from './get-trace'
import { kindNumber, list, reader, statusNumber } from './read-spans'
import { headOfSpans, headOfTotals } from './trace-head'

export const MAX_SKELETON_SPANS = 250_000
const BODY_LENGTH = 500

/** GET /api/v1/traces/{traceId}?view=skeleton: what a waterfall draws, as arrays. */
export async function getSkeleton(
  ctx: ServiceContext,
  traceIdText: string | undefined,
  hints: TraceQuery,
): Promise<TraceSkeleton> {
  const traceId = parseTraceId(traceIdText)
  const place = await placeTrace(ctx, traceId, hints)
  const logsRead = readTraceLogs(ctx, place, { bodyLength: BODY_LENGTH })
  logsRead.catch(() => undefined)
  for (const range of place.ranges) {
    const rows = { traceId, range, limit: MAX_SKELETON_SPANS + 1 }
    const result = await traceQuery(ctx, skeletonStatement(place.table, rows), 'skeleton')
    if (result.rows.length === 0) continue
    const isCut = result.rows.length > MAX_SKELETON_SPANS
    const { logs, truncated } = await logsRead
    const kept = isCut ? { ...result, rows: result.rows.slice(0, MAX_SKELETON_SPANS) } : result
    const arrays = toArrays(traceId, kept, new Set(logs.map((log) => log.spanId)))
    const head = isCut
      ? headOfTotals(
          traceId,
          await traceQuery(ctx, traceTotalsStatement(place.table, { traceId, range }), 'trace-totals'),
        )
      : arrays.head
    const short = logs.map(({ attributes: _, resource: __, ...log }) => log)
    const { serviceNames, spanNames, spans, events, orphanParents } = arrays
    return {
      ...head,
      truncated: isCut || truncated,
      serviceNames,
      spanNames,
      spans,
      events,
      orphanParents,
      logs: short,
    }
  }
  throw noTrace(traceId)
}

/** Rows are in order of start, so the first one's start is the trace's. */
export function toArrays(traceId: string, result: QueryResult, spansWithLogs: ReadonlySet<string>) {
  const cell = reader(result)
  const names = new Dictionary()
  const services = new Dictionary()
  const spans: TraceSkeleton['spans'] = {
    spanId: [],
    parent: [],
    name: [],
    service: [],
    kind: [],
    startNs: [],
    durationNs: [],
    status: [],
    marks: [],
  }
  const events: TraceSkeleton['events'] = { span: [], atNs: [], exception: [] }
  const addEvents = (span: number, times: Cell, exception: 0 | 1) => {
    for (const time of list(times)) {
      events.span.push(span)
      events.atNs.push(Number(BigInt(textOf(time)) - first))
      events.exception.push(exception)
    }
  }
  const parents: string[] = []
  const first = BigInt(textOf(cell(result.rows[0] ?? [], 'start')) || '0')
  const byId = new Map<string, number>()
  result.rows.forEach((row, i) => {
    const spanId = textOf(cell(row, 'spanId'))
    // Of spans that share an id the earliest is the parent of their children.
    if (!byId.has(spanId)) byId.set(spanId, i)
    parents.push(textOf(cell(row, 'parentSpanId')))
    spans.spanId.push(spanId)
    spans.name.push(names.indexOf(textOf(cell(row, 'name'))))
    spans.service.push(services.indexOf(textOf(cell(row, 'service'))))
    spans.kind.push(kindNumber(textOf(cell(row, 'kind'))))
    spans.startNs.push(Number(BigInt(textOf(cell(row, 'start'))) - first))
    spans.durationNs.push(Number(cell(row, 'duration')))
    spans.status.push(statusNumber(textOf(cell(row, 'status'))))
    spans.marks.push(Number(cell(row, 'marks')) | (spansWithLogs.has(spanId) ? SPAN_MARK.log : 0))
    addEvents(i, cell(row, 'events'), 0)
    addEvents(i, cell(row, 'exceptions'), 1)
  })
  const orphans: [string, string][] = []
  parents.forEach((parentId, i) => {
    const parent = parentId === '' ? undefined : byId.get(parentId)
    spans.parent.push(parent ?? -1)
    if (parent === undefined && parentId !== '') orphans.push([String(i), parentId])
  })
  const head = headOfSpans(
    traceId,
    spans.spanId.map((_, i) => ({
      startNs: first + BigInt(spans.startNs[i] ?? 0),
      durationNs: BigInt(Math.trunc(spans.durationNs[i] ?? 0)),
      service: services.names[spans.service[i] ?? 0] ?? '',
      isError: spans.status[i] === 2,
    })),
  )
  return {
    head,
    spans,
    events,
    serviceNames: services.names,
    spanNames: names.names,
    orphanParents: Object.fromEntries(orphans),
  }
}

/** Gives each distinct text a number, in order first seen. */
class Dictionary {
  readonly names: string[] = []
  private readonly places = new Map<string, number>()

  indexOf(name: string): number {
    const known = this.places.get(name)
    if (known !== undefined) return known
    this.places.set(name, this.names.length)
    this.names.push(name)
    return this.names.length - 1
  }
}
