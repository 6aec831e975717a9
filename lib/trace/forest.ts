/** A forest in preorder. "Node" indexes are the caller's; "positions" count rows when all is expanded. */
export interface Forest {
  /** Node → parent node, -1 at the top. */
  readonly parent: Int32Array
  /** Position → node. */
  readonly order: Int32Array
  /** Node → position. */
  readonly position: Int32Array
  /** Node → position after the last one of its subtree. */
  readonly subtreeEnd: Int32Array
  readonly depth: Int32Array
  /** Node → first child in order of time, -1. */
  readonly firstChild: Int32Array
  /** Node → next sibling in order of time, -1. */
  readonly nextSibling: Int32Array
  /** First node at the top, -1 when there is none. */
  readonly firstRoot: number
}

/**
 * Orders all nodes by time, merging ranges of nodes [from[k], to[k]) that usually are sorted already. At equal
 * times an earlier range wins, and within a range the lower node.
 */
export function mergeByTime(start: Float64Array, from: readonly number[], to: readonly number[]): Int32Array {
  const runs = from.map((first, k) => sortedRange(start, first, to[k]!))
  const merged = new Int32Array(runs.reduce((sum, run) => sum + run.length, 0))
  const at = runs.map(() => 0)
  for (let i = 0; i < merged.length; i++) {
    let best = -1
    let bestStart = 0
    for (let k = 0; k < runs.length; k++) {
      const node = runs[k]![at[k]!]
      if (node === undefined) continue
      if (best === -1 || start[node]! < bestStart) {
        best = k
        bestStart = start[node]!
      }
    }
    merged[i] = runs[best]![at[best]!]!
    at[best] = at[best]! + 1
  }
  return merged
}

function sortedRange(start: Float64Array, first: number, end: number): Int32Array {
  const nodes = new Int32Array(end - first)
  let sorted = true
  for (let i = 0; i < nodes.length; i++) {
    nodes[i] = first + i
    if (i > 0 && start[first + i]! < start[first + i - 1]!) sorted = false
  }
  return sorted ? nodes : nodes.sort((a, b) => start[a]! - start[b]! || a - b)
}

/**
 * Lays out a forest in preorder, children in the order of `byTime`. Iterative: depth is bounded only by size.
 * @param parent must be free of cycles.
 */
export function layOutForest(parent: Int32Array, byTime: Int32Array): Forest {
  const count = parent.length
  const firstChild = new Int32Array(count).fill(-1)
  const nextSibling = new Int32Array(count).fill(-1)
  let firstRoot = -1
  for (let i = count - 1; i >= 0; i--) {
    const node = byTime[i]!
    const above = parent[node]!
    if (above < 0) {
      nextSibling[node] = firstRoot
      firstRoot = node
    } else {
      nextSibling[node] = firstChild[above]!
      firstChild[above] = node
    }
  }

  const order = new Int32Array(count)
  const position = new Int32Array(count)
  const subtreeEnd = new Int32Array(count)
  const depth = new Int32Array(count)
  let next = 0
  let node = firstRoot
  while (node !== -1) {
    order[next] = node
    position[node] = next++
    const child = firstChild[node]!
    if (child !== -1) {
      depth[child] = depth[node]! + 1
      node = child
      continue
    }
    subtreeEnd[node] = next
    while (node !== -1 && nextSibling[node] === -1) {
      node = parent[node]!
      if (node !== -1) subtreeEnd[node] = next
    }
    if (node === -1) break
    const sibling: number = nextSibling[node]!
    depth[sibling] = depth[node]!
    node = sibling
  }
  return { parent, order, position, subtreeEnd, depth, firstChild, nextSibling, firstRoot }
}
