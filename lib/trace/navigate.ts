import type { TraceModel } from './model'
import { isLog } from './rows'

/** Sibling before (-1) or after (+1) in order of time, logs skipped; null at the ends. */
export function siblingOf(model: TraceModel, node: number, step: 1 | -1): number | null {
  const above = model.parent[node]
  if (above === undefined) return null
  let before: number | null = null
  let passed = false
  const first = above === -1 ? model.firstRoot : model.firstChild[above]!
  for (let sibling = first; sibling !== -1; sibling = model.nextSibling[sibling]!) {
    if (sibling === node) {
      if (step === -1) return before
      passed = true
    } else if (!isLog(model, sibling)) {
      if (passed) return sibling
      before = sibling
    }
  }
  return null
}

/**
 * Next span with status Error in the order of rows, round the end; `from` -1 starts at the top.
 * @returns null when the trace has no error.
 */
export function nextError(model: TraceModel, from: number, step: 1 | -1 = 1): number | null {
  const errors = model.errorsBefore[model.nodeCount] ?? 0
  if (errors === 0) return null
  const here = from === -1 ? -1 : model.position[from]!
  const before = here === -1 ? 0 : model.errorsBefore[here]!
  const isHere = here === -1 ? 0 : model.errorsBefore[here + 1]! - before
  const rank = step === 1 ? (before + isHere) % errors : (before - 1 + errors) % errors
  return model.order[positionOfError(model, rank)]!
}

/** Position of the error with `rank` errors before it. */
function positionOfError(model: TraceModel, rank: number): number {
  let low = 0
  let high = model.nodeCount - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (model.errorsBefore[middle + 1]! > rank) high = middle
    else low = middle + 1
  }
  return low
}

/** Spans with status Error in a subtree, the node itself not counted. */
export function errorsBelow(model: TraceModel, node: number): number {
  return model.errorsBefore[model.subtreeEnd[node]!]! - model.errorsBefore[model.position[node]! + 1]!
}

/** Spans and placeholders in a subtree with the node itself; logs too when they are shown. */
export function descendantsOf(model: TraceModel, node: number): number {
  return model.subtreeEnd[node]! - model.position[node]! - 1
}

/** `id`, or `id~2` for the second span that has this id: what the URL carries. */
export function spanKey(model: TraceModel, node: number): string {
  const ids = model.skeleton.spans.spanId
  const id = ids[node] ?? ''
  const rank = duplicateRank(model, node)
  return rank === 0 ? id : `${id}~${rank + 1}`
}

export function nodeOfKey(model: TraceModel, key: string | null): number | null {
  if (!key) return null
  const [id = '', suffix] = key.split('~')
  const first = model.nodeById.get(id) ?? model.nodeById.get(id.toLowerCase())
  if (first === undefined || suffix === undefined) return first ?? null
  let left = Number(suffix) - 1
  for (let i = first; i < model.spanCount; i++) {
    if (model.skeleton.spans.spanId[i] === id && left-- === 0) return i
  }
  return first
}

/** How many earlier spans have the same id. */
export function duplicateRank(model: TraceModel, node: number): number {
  const ids = model.skeleton.spans.spanId
  let rank = 0
  for (let i = model.nodeById.get(ids[node] ?? '') ?? node; i < node; i++) if (ids[i] === ids[node]) rank++
  return rank
}
