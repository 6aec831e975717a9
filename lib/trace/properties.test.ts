import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { skeletonOf } from './fixture'
import { minimapBars } from './minimap'
import { buildTraceModel, type TraceModel } from './model'
import { nextError, nodeOfKey, siblingOf, spanKey } from './navigate'
import { collapseFrom, expandAll, reveal, rowOf, toggleCollapsed, visibleRows } from './rows'
import { selfTimeNs } from './self-time'

/** Any graph that arrays can express, with times that make no sense. */
const anyTrace = fc
  .record({
    spans: fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'),
        parent: fc.oneof(fc.integer({ min: -5, max: 40 }), fc.constantFrom('', 'gone', 'lost', 'a')),
        start: fc.oneof(fc.integer({ min: -100, max: 1000 }), fc.double()),
        duration: fc.oneof(fc.integer({ min: -10, max: 1000 }), fc.double(), fc.constant(2 ** 64 - 2 ** 12)),
        error: fc.boolean(),
      }),
      { maxLength: 40 },
    ),
    logs: fc.array(
      fc.record({
        span: fc.constantFrom('', 'a', 'b', 'z', 'gone'),
        atMs: fc.integer({ min: -5, max: 5 }),
      }),
      { maxLength: 10 },
    ),
  })
  .map(({ spans, logs }) => skeletonOf(spans, logs))

const check = (property: (model: TraceModel) => void) =>
  fc.assert(
    fc.property(anyTrace, (skeleton) => property(buildTraceModel(skeleton))),
    { numRuns: 200 },
  )

describe('the trace model, for any graph', () => {
  it('shows every node exactly once when all is open', () => {
    check((model) => {
      const rows = [...visibleRows(model, expandAll(model), true)]
      expect(rows.sort((a, b) => a - b)).toEqual(Array.from({ length: model.nodeCount }, (_, i) => i))
    })
  })

  it('keeps children inside of the subtree of their parent, one level deeper', () => {
    check((model) => {
      for (let node = 0; node < model.nodeCount; node++) {
        const above = model.parent[node]!
        expect(model.subtreeEnd[node]).toBeGreaterThan(model.position[node]!)
        if (above === -1) continue
        expect(model.depth[node]).toBe(model.depth[above]! + 1)
        expect(model.position[node]).toBeGreaterThan(model.position[above]!)
        expect(model.subtreeEnd[node]).toBeLessThanOrEqual(model.subtreeEnd[above]!)
      }
    })
  })

  it('returns to the same rows after closing and opening, and hides just the subtree', () => {
    check((model) => {
      const open = expandAll(model)
      const all = visibleRows(model, open, true)
      for (let node = 0; node < model.nodeCount; node++) {
        const closed = toggleCollapsed(open, node)
        const hidden = model.subtreeEnd[node]! - model.position[node]! - 1
        expect(visibleRows(model, closed, true).length).toBe(all.length - hidden)
        expect(visibleRows(model, toggleCollapsed(closed, node), true).join()).toBe(all.join())
      }
    })
  })

  it('reveals any node, and finds its row', () => {
    check((model) => {
      const closed = collapseFrom(model, 0)
      for (let node = 0; node < model.nodeCount; node++) {
        const rows = visibleRows(model, reveal(model, closed, node), true)
        expect(rows[rowOf(model, rows, node)]).toBe(node)
        const top = visibleRows(model, closed, true)
        expect(model.parent[top[rowOf(model, top, node)]!]).toBe(-1)
      }
    })
  })

  it('visits each error once on the way round, in both directions', () => {
    check((model) => {
      const errors = model.skeleton.spans.status.filter((status) => status === 2).length
      for (const step of [1, -1] as const) {
        const seen = new Set<number>()
        let at = nextError(model, -1, step)
        for (let i = 0; i < errors; i++) {
          seen.add(at!)
          at = nextError(model, at!, step)
        }
        expect(seen.size).toBe(errors)
        if (errors > 0) expect(seen.has(at!)).toBe(true)
      }
    })
  })

  it('names each span by a key of its own', () => {
    check((model) => {
      for (let node = 0; node < model.spanCount; node++) {
        expect(nodeOfKey(model, spanKey(model, node))).toBe(node)
      }
    })
  })

  it('has siblings that are each other’s neighbours, and self times within durations', () => {
    check((model) => {
      for (let node = 0; node < model.spanCount; node++) {
        const next = siblingOf(model, node, 1)
        if (next !== null) expect(siblingOf(model, next, -1)).toBe(node)
        const self = selfTimeNs(model, node)
        expect(self).toBeGreaterThanOrEqual(0)
        expect(self).toBeLessThanOrEqual(model.duration[node]!)
      }
    })
  })

  it('draws minimap bars inside of the canvas, no cell twice', () => {
    check((model) => {
      const cells = new Set<number>()
      for (const bar of minimapBars(model, 37, 8)) {
        expect(bar.from).toBeGreaterThanOrEqual(0)
        expect(bar.to).toBeLessThanOrEqual(37)
        for (let c = bar.from; c < bar.to; c++) {
          expect(cells.has(bar.line * 37 + c)).toBe(false)
          cells.add(bar.line * 37 + c)
        }
      }
    })
  })
})
