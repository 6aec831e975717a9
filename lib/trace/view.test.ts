import { describe, expect, it } from 'vitest'
import { skeletonOf } from './fixture'
import { matchNodes, nextMatch } from './match'
import { minimapBars } from './minimap'
import { buildTraceModel } from './model'
import { errorsBelow, nextError } from './navigate'
import { selfTimeNs } from './self-time'
import {
  clampWindow,
  fitWindow,
  fractionOf,
  panWindow,
  tickLabel,
  timeTicks,
  zoomWindow,
} from './time-window'

const shop = buildTraceModel(
  skeletonOf(
    [
      { id: 'aa01', service: 'web', name: 'GET /checkout', duration: 1000 },
      {
        id: 'bb02',
        parent: 0,
        service: 'payment',
        name: 'charge card',
        start: 100,
        duration: 400,
        error: true,
      },
      { id: 'cc03', parent: 0, service: 'payment', name: 'Fraud score', start: 300, duration: 400 },
      { id: 'dd04', parent: 2, service: 'db', name: 'SELECT', start: 350, duration: 900, error: true },
    ],
    [{ span: 'cc03', body: 'Card declined' }],
  ),
)

describe('matchNodes', () => {
  const found = (text: string, also: string[] = []) => [...matchNodes(shop, text, new Set(also))]

  it('looks in service, operation, id and log bodies, all words, any case', () => {
    expect(found('PAYMENT')).toEqual([1, 2])
    expect(found('payment fraud')).toEqual([2])
    expect(found('dd04')).toEqual([3])
    expect(found('card')).toEqual([1, 4])
    expect(found('  ')).toEqual([])
  })

  it('adds what the server found in attributes, in the order of rows', () => {
    expect(found('fraud', ['dd04', 'aa01'])).toEqual([0, 2, 3])
    expect(found('', ['bb02'])).toEqual([1])
  })

  it('steps round the end', () => {
    const matches = matchNodes(shop, 'payment')
    expect(nextMatch(shop, matches, null, 1)).toBe(0)
    expect(nextMatch(shop, matches, 1, 1)).toBe(1)
    expect(nextMatch(shop, matches, 3, 1)).toBe(0)
    expect(nextMatch(shop, matches, 1, -1)).toBe(1)
    expect(nextMatch(shop, new Int32Array(0), 1, 1)).toBe(-1)
  })
})

describe('navigation and self time', () => {
  it('goes from error to error and counts those below', () => {
    expect(nextError(shop, -1)).toBe(1)
    expect(nextError(shop, 1)).toBe(3)
    expect(nextError(shop, 3)).toBe(1)
    expect(nextError(shop, 1, -1)).toBe(3)
    expect(errorsBelow(shop, 0)).toBe(2)
    expect(errorsBelow(shop, 3)).toBe(0)
    expect(nextError(buildTraceModel(skeletonOf([{ id: 'a' }])), -1)).toBeNull()
  })

  it('counts overlapping children once and clips those that outlive their parent', () => {
    expect(selfTimeNs(shop, 0)).toBe(1000 - 600)
    expect(selfTimeNs(shop, 2)).toBe(50)
  })
})

describe('the time window', () => {
  const extent = { fromNs: 0, toNs: 1_000_000 }

  it('stays inside of the extent, in order, and wide enough', () => {
    expect(clampWindow({ fromNs: 900_000, toNs: -5 }, extent)).toEqual({ fromNs: 0, toNs: 900_000 })
    expect(clampWindow({ fromNs: 999_999, toNs: 999_999 }, extent)).toEqual({
      fromNs: 999_900,
      toNs: 1_000_000,
    })
    expect(panWindow({ fromNs: 0, toNs: 1000 }, extent, 5e9)).toEqual({ fromNs: 999_000, toNs: 1_000_000 })
  })

  it('zooms around the pointer', () => {
    const near = zoomWindow(extent, extent, 0.5, 250_000)
    expect(near).toEqual({ fromNs: 125_000, toNs: 625_000 })
    expect(fractionOf(near, 250_000)).toBe(0.25)
    expect(fractionOf(near, 1e12)).toBe(2)
  })

  it('fits a span with room on both sides, an instant too', () => {
    expect(fitWindow(200_000, 100_000, extent)).toEqual({ fromNs: 190_000, toNs: 310_000 })
    const { fromNs, toNs } = fitWindow(500_000, 0, extent)
    expect(toNs - fromNs).toBeLessThan(2000)
  })

  it('has round ticks', () => {
    expect(timeTicks({ fromNs: 0, toNs: 2_680_000_000 }, 6).ticks).toEqual([
      0, 500e6, 1000e6, 1500e6, 2000e6, 2500e6,
    ])
    expect([0, 500e6, 2.5e9].map((time) => tickLabel(time, 500e6))).toEqual(['0', '500 ms', '2.5 s'])
    expect(tickLabel(1_234_567_800, 100)).toBe('1.2345678 s')
    expect(timeTicks({ fromNs: 150, toNs: 250 }, 5).ticks).toEqual([160, 180, 200, 220, 240])
  })
})

describe('minimapBars', () => {
  it('gives one stroke a span while there is room, errors marked', () => {
    expect(minimapBars(shop, 100, 50)).toEqual([
      { line: 0, from: 0, to: 80, service: 0, error: false },
      { line: 1, from: 8, to: 40, service: 1, error: true },
      { line: 2, from: 24, to: 56, service: 1, error: false },
      { line: 3, from: 28, to: 100, service: 2, error: true },
    ])
  })

  it('lets errors win where spans share a line', () => {
    const bars = minimapBars(shop, 10, 1)
    expect(bars.some((bar) => bar.error)).toBe(true)
    expect(bars.reduce((cells, bar) => cells + bar.to - bar.from, 0)).toBe(10)
  })
})
