import { describe, expect, it } from 'vitest'
import { eventTimesBySpan } from './event-times'
import { skeletonOf } from './fixture'
import { buildTraceModel } from './model'
import { carryCollapsed, carryNode, expandAll, setCollapsed } from './rows'

const before = buildTraceModel(
  skeletonOf([{ id: 'b' }, { id: 'c', parent: 'late' }], [{ span: 'b', atMs: 5 }, { atMs: 9 }]),
)
const after = buildTraceModel(
  skeletonOf(
    [{ id: 'late' }, { id: 'b', parent: 0 }, { id: 'c', parent: 0 }],
    [{ span: 'b', atMs: 5 }, { atMs: 9 }],
  ),
)

describe('a trace that was fetched again and has grown', () => {
  it('keeps the row under the keyboard: a span, a log, a parent that was missing', () => {
    expect(carryNode(before, before.nodeById.get('c') ?? -1, after)).toBe(after.nodeById.get('c'))
    expect(carryNode(before, before.spanCount + 1, after)).toBe(after.spanCount + 1)
    expect(before.missingIds).toEqual(['late'])
    expect(carryNode(before, before.logEnd, after)).toBe(after.nodeById.get('late'))
    expect(carryNode(before, null, after)).toBeNull()
  })

  it('keeps spans closed', () => {
    const closed = setCollapsed(expandAll(before), before.nodeById.get('b') ?? -1, true)
    expect(carryCollapsed(before, closed, after)[after.nodeById.get('b') ?? -1]).toBe(1)
  })
})

describe('eventTimesBySpan', () => {
  it('has each time once, exceptions last', () => {
    const model = buildTraceModel(skeletonOf([{ id: 'a' }, { id: 'b', parent: 0, events: [-7, 9, 3, 9] }]))
    expect([...eventTimesBySpan(model)]).toEqual([
      [
        1,
        [
          { atNs: 3, exception: false },
          { atNs: 9, exception: false },
          { atNs: 7, exception: true },
        ],
      ],
    ])
  })
})
