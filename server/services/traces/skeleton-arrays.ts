import { SPAN_MARK, type TraceSkeleton } from '@/lib/api/trace'
import { type QueryResult, textOf } from '@/server/clickhouse/execute'
import { cells, kindNumber, list, statusNumber } from './read-spans'
import { headOf, type TraceHead } from './trace-head'

const STATUS_ERROR = 2

export type SkeletonArrays = Pick<
  TraceSkeleton,
  'spans' | 'events' | 'serviceNames' | 'spanNames' | 'orphanParents'
> & { readonly head: TraceHead }

/**
 * Turns rows into arrays. Rows are in order of start, so the first one's start is the trace's. There may be 250,000:
 * what repeats is worked out once, and times are numbers from the first on.
 */
export function toArrays(
  traceId: string,
  result: QueryResult,
  spansWithLogs: ReadonlySet<string>,
): SkeletonArrays {
  const cell = cells(result)
  const names = new Dictionary()
  const services = new Dictionary()
  const kindOf = memo(kindNumber)
  const statusOf = memo(statusNumber)
  const spans: TraceSkeleton['spans'] = {
    spanId: result.rows.map(cell.text('spanId')),
    parent: [],
    name: result.rows.map(cell.text('name')).map((name) => names.indexOf(name)),
    service: result.rows.map(cell.text('service')).map((name) => services.indexOf(name)),
    kind: result.rows.map(cell.text('kind')).map(kindOf),
    startNs: [],
    durationNs: result.rows.map(cell.text('duration')).map(Number),
    status: result.rows.map(cell.text('status')).map(statusOf),
    marks: result.rows.map(cell.text('marks')).map(Number),
  }
  const starts = result.rows.map(cell.text('start'))
  const offsetOf = offsetFrom(starts[0] ?? '0')
  spans.startNs = starts.map(offsetOf)

  const byId = new Map<string, number>()
  spans.spanId.forEach((spanId, i) => {
    // Of spans that share an id the earliest is the parent of their children.
    if (!byId.has(spanId)) byId.set(spanId, i)
    if (spansWithLogs.has(spanId)) spans.marks[i] = (spans.marks[i] ?? 0) | SPAN_MARK.log
  })
  const orphans: [string, string][] = []
  result.rows.map(cell.text('parentSpanId')).forEach((parentId, i) => {
    const parent = parentId === '' ? undefined : byId.get(parentId)
    spans.parent.push(parent ?? -1)
    if (parent === undefined && parentId !== '') orphans.push([String(i), parentId])
  })

  const events: TraceSkeleton['events'] = { span: [], atNs: [], exception: [] }
  const times = [cell.at('events'), cell.at('exceptions')]
  result.rows.forEach((row, i) => {
    times.forEach((at, exception) => {
      for (const time of list(row[at])) {
        events.span.push(i)
        events.atNs.push(offsetOf(textOf(time)))
        events.exception.push(exception)
      }
    })
  })
  return {
    head: headOfArrays(traceId, BigInt(starts[0] ?? '0'), spans, services.names),
    spans,
    events,
    serviceNames: services.names,
    spanNames: names.names,
    orphanParents: Object.fromEntries(orphans),
  }
}

function headOfArrays(
  traceId: string,
  first: bigint,
  spans: TraceSkeleton['spans'],
  serviceNames: readonly string[],
): TraceHead {
  const counts = serviceNames.map((name) => ({ name, spanCount: 0 }))
  let errorCount = 0
  let endNs = 0
  for (let i = 0; i < spans.spanId.length; i++) {
    const service = counts[spans.service[i] ?? 0]
    if (service) service.spanCount++
    if (spans.status[i] === STATUS_ERROR) errorCount++
    endNs = Math.max(endNs, (spans.startNs[i] ?? 0) + Math.max(0, spans.durationNs[i] ?? 0))
  }
  return headOf({
    traceId,
    start: first,
    end: first + BigInt(Math.trunc(endNs)),
    services: counts,
    spanCount: spans.spanId.length,
    errorCount,
  })
}

const PLAIN = /^\d{10,}$/

/** Difference to a time, both in decimal nanoseconds: whole seconds and the rest fit into numbers, and parse fast. */
function offsetFrom(first: string): (text: string) => number {
  const exact = BigInt(first)
  const seconds = Number(first.slice(0, -9))
  const rest = Number(first.slice(-9))
  if (!PLAIN.test(first)) return (text) => Number(BigInt(text || '0') - exact)
  return (text) =>
    text.length === first.length && text[0] !== '-'
      ? (Number(text.slice(0, -9)) - seconds) * 1e9 + (Number(text.slice(-9)) - rest)
      : Number(BigInt(text || '0') - exact)
}

function memo(read: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>()
  return (text) => {
    let value = known.get(text)
    if (value === undefined) {
      value = read(text)
      known.set(text, value)
    }
    return value
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
