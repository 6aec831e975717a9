import type { TraceModel } from './model'
import { isLog, isSpan } from './rows'

/** One stroke of the minimap, in cells: columns [from, to) of a line. */
export interface MinimapBar {
  line: number
  from: number
  to: number
  /** Index into `serviceNames`, -1 for a placeholder. */
  service: number
  error: boolean
}

/**
 * Draws all spans, whatever is collapsed, into `lines` × `columns` cells; each cell is painted once, by the first
 * span that wants it, errors before others. So the number of bars is bounded by the cells, not by the spans.
 */
export function minimapBars(model: TraceModel, columns: number, maxLines: number): MinimapBar[] {
  const bars: MinimapBar[] = []
  const nodes: number[] = []
  for (let p = 0; p < model.nodeCount; p++) {
    const node = model.order[p]!
    if (!isLog(model, node)) nodes.push(node)
  }
  const lines = Math.min(maxLines, nodes.length)
  if (lines < 1 || columns < 1) return bars
  const { fromNs, toNs } = model.extent
  const scale = columns / (toNs - fromNs)
  const { service, status } = model.skeleton.spans

  /** Cell → nearest cell at or after it that is still free (with path halving); `columns` means none. */
  const free = new Int32Array(columns + 1)
  for (let line = 0; line < lines; line++) {
    for (let c = 0; c <= columns; c++) free[c] = c
    const first = Math.floor((line * nodes.length) / lines)
    const end = Math.floor(((line + 1) * nodes.length) / lines)
    for (const wantErrors of [true, false]) {
      for (let i = first; i < end; i++) {
        const node = nodes[i]!
        const error = isSpan(model, node) && status[node] === 2
        if (error !== wantErrors) continue
        const from = Math.min(columns - 1, Math.max(0, Math.floor((model.start[node]! - fromNs) * scale)))
        const to = Math.min(
          columns,
          Math.max(from + 1, Math.ceil((model.start[node]! + model.duration[node]! - fromNs) * scale)),
        )
        paint(free, from, to, (a, b) =>
          bars.push({
            line,
            from: a,
            to: b,
            service: isSpan(model, node) ? (service[node] ?? -1) : -1,
            error,
          }),
        )
      }
    }
  }
  return bars
}

function paint(free: Int32Array, from: number, to: number, emit: (from: number, to: number) => void): void {
  let cell = nextFree(free, from)
  while (cell < to) {
    const runFrom = cell
    while (cell < to && free[cell] === cell) {
      free[cell] = cell + 1
      cell++
    }
    emit(runFrom, cell)
    cell = nextFree(free, cell)
  }
}

function nextFree(free: Int32Array, from: number): number {
  let cell = from
  while (free[cell] !== cell) {
    free[cell] = free[free[cell]!]!
    cell = free[cell]!
  }
  return cell
}
