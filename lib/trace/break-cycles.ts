/**
 * Cuts every cycle of a parent relation, in place, so that it becomes a forest. Of each cycle the member with
 * the lowest index (the earliest span) loses its parent. Iterative: a chain may be as long as the trace.
 * @param parent node → parent node, or -1. Entries outside of the array count as -1.
 * @returns the nodes that were cut.
 */
export function breakCycles(parent: Int32Array): number[] {
  const count = parent.length
  const finished = new Uint8Array(count)
  /** Which walk saw a node last, so that meeting the own walk again means a cycle. */
  const walk = new Int32Array(count).fill(-1)
  const cut: number[] = []
  for (let first = 0; first < count; first++) {
    if (finished[first]) continue
    let node = first
    while (node >= 0 && node < count && !finished[node] && walk[node] !== first) {
      walk[node] = first
      node = parent[node]!
    }
    if (node >= 0 && node < count && !finished[node]) {
      const earliest = earliestOfCycle(parent, node)
      parent[earliest] = -1
      cut.push(earliest)
    }
    for (node = first; node >= 0 && node < count && !finished[node]; node = parent[node]!) finished[node] = 1
  }
  return cut
}

function earliestOfCycle(parent: Int32Array, member: number): number {
  let earliest = member
  for (let node = parent[member]!; node !== member; node = parent[node]!) {
    if (node < earliest) earliest = node
  }
  return earliest
}
