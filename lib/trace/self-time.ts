import type { TraceModel } from './model'
import { isSpan } from './rows'

/**
 * Time of a span that none of its children covers, in nanoseconds: its duration minus the union of its direct
 * children's intervals, clipped to it. Children that run in parallel are counted once.
 */
export function selfTimeNs(model: TraceModel, node: number): number {
  const from = model.start[node]!
  const to = from + model.duration[node]!
  let covered = 0
  let until = from
  // Children come in order of start, so one pass with a moving end gives the union.
  for (let child = model.firstChild[node]!; child !== -1; child = model.nextSibling[child]!) {
    if (!isSpan(model, child)) continue
    const childFrom = Math.max(until, model.start[child]!)
    const childTo = Math.min(to, model.start[child]! + model.duration[child]!)
    if (childTo > childFrom) {
      covered += childTo - childFrom
      until = childTo
    }
  }
  return Math.max(0, model.duration[node]! - covered)
}
