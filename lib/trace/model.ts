import type { TraceSkeleton } from '@/lib/api/trace'
import { breakCycles } from './break-cycles'
import { type Forest, layOutForest, mergeByTime } from './forest'
import { offsetReader } from './offset'

/** Bits of `flags`: what is odd about a span. It is drawn where it says it is, and marked. */
export const SPAN_FLAG = {
  /** Another span of this trace has the same id. */
  duplicateId: 1,
  /** Its parents form a circle, which was cut here. */
  cycle: 2,
  /** Starts before its parent does: the clocks of two machines differ. */
  earlyStart: 4,
  /** Ends before it starts. */
  negativeDuration: 8,
} as const

export type SkeletonLog = TraceSkeleton['logs'][number]

/**
 * A trace as one forest of nodes: spans are [0, spanCount), logs [spanCount, logEnd), placeholders for parents that
 * are not in the trace [logEnd, nodeCount). Times are nanoseconds from the trace's start.
 */
export interface TraceModel extends Forest {
  readonly skeleton: TraceSkeleton
  readonly spanCount: number
  readonly logEnd: number
  readonly nodeCount: number
  readonly start: Float64Array
  /** Never negative; a negative one is 0 and flagged. */
  readonly duration: Float64Array
  readonly flags: Uint8Array
  /** Spans with status Error at preorder positions below p: a subtree's errors are one subtraction. */
  readonly errorsBefore: Int32Array
  /** Span id → the first span that has it. */
  readonly nodeById: ReadonlyMap<string, number>
  /** Ids of the placeholders, in node order. */
  readonly missingIds: readonly string[]
  /** What the waterfall covers: all spans, whatever the head says. Never empty. */
  readonly extent: { readonly fromNs: number; readonly toNs: number }
}

/** An unsigned column shows a negative duration as a number near 2^64. */
const WRAPPED = 2 ** 63
const MIN_EXTENT_NS = 1000

/**
 * Builds the tree of a trace from its skeleton. Takes any graph: missing parents, duplicated ids, circles,
 * several roots, unsorted or impossible times. Never throws, never recurses; O(n) for sorted input.
 */
export function buildTraceModel(skeleton: TraceSkeleton): TraceModel {
  const { spans, logs } = skeleton
  const spanCount = spans.spanId.length
  const logEnd = spanCount + logs.length
  const nodeById = new Map<string, number>()
  const duplicated: number[] = []
  for (let i = 0; i < spanCount; i++) {
    const id = spans.spanId[i]!
    const other = nodeById.get(id)
    if (other === undefined) nodeById.set(id, i)
    else duplicated.push(i, other)
  }

  const { missingIds, missingOf } = missingParents(skeleton, spanCount)
  const nodeCount = logEnd + missingIds.length
  const parent = new Int32Array(nodeCount).fill(-1)
  const start = new Float64Array(nodeCount)
  const duration = new Float64Array(nodeCount)
  const flags = new Uint8Array(nodeCount)
  for (const node of duplicated) flags[node] = flags[node]! | SPAN_FLAG.duplicateId

  const spanParents = parent.subarray(0, spanCount)
  for (let i = 0; i < spanCount; i++) {
    start[i] = finite(spans.startNs[i])
    let length = finite(spans.durationNs[i])
    if (length >= WRAPPED) length -= 2 * WRAPPED
    if (length < 0) flags[i] = flags[i]! | SPAN_FLAG.negativeDuration
    duration[i] = Math.max(0, length)
    const index = spans.parent[i] ?? -1
    spanParents[i] = Number.isInteger(index) && index >= 0 && index < spanCount ? index : -1
  }
  for (const node of breakCycles(spanParents)) flags[node] = flags[node]! | SPAN_FLAG.cycle
  for (const [index, missing] of missingOf) if (parent[index] === -1) parent[index] = logEnd + missing

  placeLogs(skeleton, nodeById, missingIds, { parent, start, spanCount, logEnd })
  spanPlaceholders(missingIds.length, logEnd, spanCount, parent, start, duration)

  let fromNs = 0
  let toNs = 0
  for (let i = 0; i < spanCount; i++) {
    const above = parent[i]!
    if (above >= 0 && above < spanCount && start[i]! < start[above]!) {
      flags[i] = flags[i]! | SPAN_FLAG.earlyStart
    }
    fromNs = Math.min(fromNs, start[i]!)
    toNs = Math.max(toNs, start[i]! + duration[i]!)
  }

  const forest = layOutForest(
    parent,
    mergeByTime(start, [logEnd, 0, spanCount], [nodeCount, spanCount, logEnd]),
  )
  const errorsBefore = new Int32Array(nodeCount + 1)
  for (let p = 0; p < nodeCount; p++) {
    const node = forest.order[p]!
    errorsBefore[p + 1] = errorsBefore[p]! + (node < spanCount && spans.status[node] === 2 ? 1 : 0)
  }
  return {
    ...forest,
    skeleton,
    spanCount,
    logEnd,
    nodeCount,
    start,
    duration,
    flags,
    errorsBefore,
    nodeById,
    missingIds,
    extent: { fromNs, toNs: Math.max(toNs, fromNs + MIN_EXTENT_NS) },
  }
}

function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : 0
}

function missingParents(skeleton: TraceSkeleton, spanCount: number) {
  const missingIds: string[] = []
  const indexOfId = new Map<string, number>()
  const missingOf: [number, number][] = []
  for (const [key, id] of Object.entries(skeleton.orphanParents)) {
    const span = Number(key)
    if (id === '' || !Number.isInteger(span) || span < 0 || span >= spanCount) continue
    let missing = indexOfId.get(id)
    if (missing === undefined) {
      missing = missingIds.length
      indexOfId.set(id, missing)
      missingIds.push(id)
    }
    missingOf.push([span, missing])
  }
  // A placeholder nobody hangs below would be a row without meaning.
  const used = missingIds.map(() => false)
  for (const [span, missing] of missingOf) if ((skeleton.spans.parent[span] ?? -1) < 0) used[missing] = true
  if (used.every(Boolean)) return { missingIds, missingOf }
  const kept = missingIds.filter((_, i) => used[i])
  const keptIndex = new Map(kept.map((id, i) => [id, i]))
  const keptOf = missingOf.flatMap(([span, missing]): [number, number][] => {
    const index = keptIndex.get(missingIds[missing]!)
    return index === undefined ? [] : [[span, index]]
  })
  return { missingIds: kept, missingOf: keptOf }
}

function placeLogs(
  skeleton: TraceSkeleton,
  nodeById: ReadonlyMap<string, number>,
  missingIds: readonly string[],
  to: { parent: Int32Array; start: Float64Array; spanCount: number; logEnd: number },
): void {
  const offsetOf = offsetReader(skeleton.start)
  const placeholder = new Map(missingIds.map((id, i) => [id, to.logEnd + i]))
  skeleton.logs.forEach((log, i) => {
    const node = to.spanCount + i
    to.start[node] = offsetOf(log.time)
    if (log.spanId !== '') to.parent[node] = nodeById.get(log.spanId) ?? placeholder.get(log.spanId) ?? -1
  })
}

/** A placeholder covers what is known to have happened below it. */
function spanPlaceholders(
  count: number,
  logEnd: number,
  spanCount: number,
  parent: Int32Array,
  start: Float64Array,
  duration: Float64Array,
): void {
  if (count === 0) return
  const from = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  const to = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  for (let i = 0; i < spanCount; i++) {
    const missing = parent[i]! - logEnd
    if (missing < 0) continue
    from[missing] = Math.min(from[missing]!, start[i]!)
    to[missing] = Math.max(to[missing]!, start[i]! + duration[i]!)
  }
  for (let i = 0; i < count; i++) {
    const known = Number.isFinite(from[i]!)
    start[logEnd + i] = known ? from[i]! : 0
    duration[logEnd + i] = known ? to[i]! - from[i]! : 0
  }
}
