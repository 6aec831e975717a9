import { describe, expect, it } from 'vitest'
import { bigSkeleton, skeletonOf } from './fixture'
import { buildTraceModel, SPAN_FLAG } from './model'
import { isMissing, visibleRows } from './rows'

const names = (skeleton: Parameters<typeof buildTraceModel>[0], showLogs = true) => {
  const model = buildTraceModel(skeleton)
  const rows = visibleRows(model, new Uint8Array(model.nodeCount), showLogs)
  return [...rows].map((node) => {
    const indent = '.'.repeat(model.depth[node]!)
    if (node < model.spanCount) return indent + skeleton.spans.spanId[node]
    if (node < model.logEnd) return `${indent}log ${skeleton.logs[node - model.spanCount]!.body}`
    return `${indent}missing ${model.missingIds[node - model.logEnd]}`
  })
}

describe('buildTraceModel', () => {
  it('orders children by start and puts logs between them where they happened', () => {
    const skeleton = skeletonOf(
      [
        { id: 'a', duration: 100e6 },
        { id: 'b', parent: 0, start: 10e6 },
        { id: 'c', parent: 1, start: 11e6 },
        { id: 'd', parent: 0, start: 30e6 },
      ],
      [
        { span: 'a', atMs: 20, body: 'middle' },
        { span: 'c', atMs: 12, body: 'in c' },
        { atMs: 5, body: 'no span' },
      ],
    )
    expect(names(skeleton)).toEqual(['a', '.b', '..c', '...log in c', '.log middle', '.d', 'log no span'])
    expect(names(skeleton, false)).toEqual(['a', '.b', '..c', '.d'])
  })

  it('gathers spans below a placeholder when their parent is missing', () => {
    const skeleton = skeletonOf(
      [
        { id: 'a' },
        { id: 'b', parent: 'gone', start: 5, duration: 10 },
        { id: 'c', parent: 'gone', start: 20, duration: 10 },
      ],
      [{ span: 'gone', atMs: 1, body: 'from the gone span' }],
    )
    expect(names(skeleton)).toEqual(['a', 'missing gone', '.b', '.c', '.log from the gone span'])
    const model = buildTraceModel(skeleton)
    expect(isMissing(model, 4)).toBe(true)
    expect([model.start[4], model.duration[4]]).toEqual([5, 25])
  })

  it('shows several roots, and does not invent a parent for them', () => {
    expect(names(skeletonOf([{ id: 'a' }, { id: 'b', start: 1 }, { id: 'c', start: 2, parent: 1 }]))).toEqual(
      ['a', 'b', '.c'],
    )
  })

  it('cuts circles and self-parents at the earliest span and says so', () => {
    const skeleton = skeletonOf([
      { id: 'a', parent: 2 },
      { id: 'b', parent: 0, start: 1 },
      { id: 'c', parent: 1, start: 2 },
      { id: 'self', parent: 3, start: 3 },
      { id: 'below', parent: 2, start: 4 },
    ])
    expect(names(skeleton)).toEqual(['a', '.b', '..c', '...below', 'self'])
    const { flags } = buildTraceModel(skeleton)
    expect([...flags.subarray(0, 5)]).toEqual([SPAN_FLAG.cycle, 0, 0, SPAN_FLAG.cycle, 0])
  })

  it('flags duplicated ids, children that start before their parent, and negative durations', () => {
    const { flags, duration } = buildTraceModel(
      skeletonOf([
        { id: 'a', start: 100, duration: 10 },
        { id: 'b', parent: 0, start: 50, duration: 2 ** 64 - 2 ** 20 },
        { id: 'b', parent: 0, start: 120, duration: Number.NaN },
      ]),
    )
    expect(flags[1]).toBe(SPAN_FLAG.duplicateId | SPAN_FLAG.earlyStart | SPAN_FLAG.negativeDuration)
    expect(flags[2]).toBe(SPAN_FLAG.duplicateId)
    expect([...duration]).toEqual([10, 0, 0])
  })

  it('covers spans that lie outside of the root, and an instant is not an empty extent', () => {
    const late = buildTraceModel(
      skeletonOf([
        { id: 'a', duration: 100 },
        { id: 'b', parent: 0, start: 5000, duration: 1000 },
        { id: 'c', parent: 0, start: -70 },
      ]),
    )
    expect(late.extent).toEqual({ fromNs: -70, toNs: 6000 })
    expect(buildTraceModel(skeletonOf([{ id: 'a' }])).extent).toEqual({ fromNs: 0, toNs: 1000 })
    expect(buildTraceModel(skeletonOf([])).nodeCount).toBe(0)
  })

  it('builds a chain 10,000 deep and a circle of 10,000 without recursion', () => {
    const chain = skeletonOf(
      Array.from({ length: 10_000 }, (_, i) => ({
        id: `${i}`,
        start: i,
        ...(i === 0 ? {} : { parent: i - 1 }),
      })),
    )
    expect(Math.max(...buildTraceModel(chain).depth)).toBe(9999)
    chain.spans.parent[0] = 9999
    expect(buildTraceModel(chain).flags[0]).toBe(SPAN_FLAG.cycle)
  })

  it('keeps every span of a big trace', () => {
    const model = buildTraceModel(bigSkeleton(20_000, 4_000))
    expect(visibleRows(model, new Uint8Array(model.nodeCount), true).length).toBe(24_000)
    expect(visibleRows(model, new Uint8Array(model.nodeCount), false).length).toBe(20_000)
  })
})
