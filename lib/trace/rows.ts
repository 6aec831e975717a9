import type { TraceModel } from './model'

/** Node → 1 when its children are hidden. Treated as immutable: every change returns a new array. */
export type Collapsed = Uint8Array

export function expandAll(model: TraceModel): Collapsed {
  return new Uint8Array(model.nodeCount)
}

/** Everything that has children is closed, down to (not including) `depth`: 1 leaves the children of roots visible. */
export function collapseFrom(model: TraceModel, depth: number): Collapsed {
  const collapsed = new Uint8Array(model.nodeCount)
  for (let node = 0; node < model.nodeCount; node++) {
    if (model.firstChild[node] !== -1 && model.depth[node]! >= depth) collapsed[node] = 1
  }
  return collapsed
}

export function setCollapsed(collapsed: Collapsed, node: number, closed: boolean): Collapsed {
  if ((collapsed[node] === 1) === closed) return collapsed
  const changed = collapsed.slice()
  changed[node] = closed ? 1 : 0
  return changed
}

export function toggleCollapsed(collapsed: Collapsed, node: number): Collapsed {
  return setCollapsed(collapsed, node, collapsed[node] !== 1)
}

/** Opens all that hides `node`. */
export function reveal(model: TraceModel, collapsed: Collapsed, node: number): Collapsed {
  let changed: Uint8Array | null = null
  for (let above = model.parent[node] ?? -1; above !== -1; above = model.parent[above]!) {
    if (collapsed[above] !== 1) continue
    changed ??= collapsed.slice()
    changed[above] = 0
  }
  return changed ?? collapsed
}

/**
 * The rows to draw, top to bottom, as nodes: linear, so that row i is at i × row height.
 * O(visible rows + hidden logs); a closed subtree costs one step.
 */
export function visibleRows(model: TraceModel, collapsed: Collapsed, showLogs: boolean): Int32Array {
  const rows = new Int32Array(model.nodeCount)
  let count = 0
  for (let position = 0; position < model.nodeCount; ) {
    const node = model.order[position]!
    if (showLogs || !isLog(model, node)) rows[count++] = node
    position = collapsed[node] === 1 ? model.subtreeEnd[node]! : position + 1
  }
  return rows.subarray(0, count)
}

export function isSpan(model: TraceModel, node: number): boolean {
  return node >= 0 && node < model.spanCount
}

export function isLog(model: TraceModel, node: number): boolean {
  return node >= model.spanCount && node < model.logEnd
}

/** A row for a parent that spans name but the trace does not have. */
export function isMissing(model: TraceModel, node: number): boolean {
  return node >= model.logEnd && node < model.nodeCount
}

/** Whether a node can be opened and closed while logs are shown or hidden. */
export function hasVisibleChildren(model: TraceModel, node: number, showLogs: boolean): boolean {
  for (let child = model.firstChild[node] ?? -1; child !== -1; child = model.nextSibling[child]!) {
    if (showLogs || !isLog(model, child)) return true
  }
  return false
}

/**
 * Row of a node, or of the nearest ancestor that is visible; -1 when there is none. Rows are in preorder, so a
 * binary search by position finds it.
 */
export function rowOf(model: TraceModel, rows: Int32Array, node: number): number {
  for (let wanted = node; wanted !== -1; wanted = model.parent[wanted] ?? -1) {
    const position = model.position[wanted]!
    let low = 0
    let high = rows.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const at = model.position[rows[middle]!]!
      if (at === position) return middle
      if (at < position) low = middle + 1
      else high = middle - 1
    }
  }
  return -1
}

/** The same spans stay closed after the trace was fetched again and has more of them. */
export function carryCollapsed(before: TraceModel, collapsed: Collapsed, after: TraceModel): Collapsed {
  const carried = new Uint8Array(after.nodeCount)
  for (let node = 0; node < before.spanCount; node++) {
    if (collapsed[node] !== 1) continue
    const now = after.nodeById.get(before.skeleton.spans.spanId[node]!)
    if (now !== undefined) carried[now] = 1
  }
  return carried
}

/** The same span (of several with one id, the first), log or missing parent after the trace was fetched again. */
export function carryNode(before: TraceModel, node: number | null, after: TraceModel): number | null {
  if (node === null) return null
  if (isSpan(before, node)) return after.nodeById.get(before.skeleton.spans.spanId[node]!) ?? null
  if (isLog(before, node)) {
    const { id } = before.skeleton.logs[node - before.spanCount]!
    const log = after.skeleton.logs.findIndex((other) => other.id === id)
    return log === -1 ? null : after.spanCount + log
  }
  const id = before.missingIds[node - before.logEnd]!
  const missing = after.missingIds.indexOf(id)
  // The missing parent may just have arrived.
  return missing === -1 ? (after.nodeById.get(id) ?? null) : after.logEnd + missing
}
