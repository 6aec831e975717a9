import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TimeRange } from '@/lib/time/range'
import { windows } from './windows'

const HOUR = 3_600_000_000_000n

describe('windows', () => {
  it('starts with a minute and grows, newest first', () => {
    const all = [...windows({ from: 0n, to: 24n * HOUR }, 'desc', 'otherwise')]
    expect(all.map(({ from, to }) => Number(to - from) / 60e9)).toEqual([1, 15, 360, 360, 704])
    expect(all[0]?.to).toBe(24n * HOUR)
    const wide = [...windows({ from: 0n, to: 24n * HOUR }, 'desc', 'inTimeOrder')]
    expect(wide.map(({ from, to }) => Number(to - from) / 60e9)).toEqual([15, 1425])
  })

  it('covers any range exactly, without gap or overlap, in few steps', () => {
    const layout = fc.constantFrom('inTimeOrder' as const, 'otherwise' as const)
    const times = fc.bigInt(0n, 40n * 365n * 24n * HOUR)
    fc.assert(
      fc.property(
        times,
        times,
        fc.constantFrom('asc' as const, 'desc' as const),
        layout,
        (a, b, order, layout) => {
          const range: TimeRange = a < b ? { from: a, to: b } : { from: b, to: a }
          const all = [...windows(range, order, layout)]
          expect(all.length).toBeLessThan(24)
          const inOrder = order === 'asc' ? all : all.toReversed()
          let at = range.from
          for (const window of inOrder) {
            expect(window.from).toBe(at)
            expect(window.to > window.from).toBe(true)
            at = window.to
          }
          expect(at).toBe(range.to)
        },
      ),
    )
  })
})
