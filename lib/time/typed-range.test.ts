import { describe, expect, it } from 'vitest'
import { parseTypedRange } from './typed-range'

const context = { nowMs: Date.parse('2026-11-20T12:34:56Z'), zone: 'utc' } as const

describe('parseTypedRange', () => {
  it.each([
    ['last 2h', 'now-2h', 'now'],
    ['Last 30 min', 'now-30m', 'now'],
    ['15m', 'now-15m', 'now'],
    ['past 3 days', 'now-3d', 'now'],
    ['last hour', 'now-1h', 'now'],
    ['2 hours ago', 'now-2h', 'now'],
    ['now-2h to now-1h', 'now-2h', 'now-1h'],
    ['today', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
    ['yesterday', '2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z'],
    ['this week', '2026-11-16T00:00:00.000Z', 'now'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
    ['2026-11-20 09:00 to 10:00', '2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-19 23:00 to 2026-11-20 01:00', '2026-11-19T23:00:00.000Z', '2026-11-20T01:00:00.000Z'],
    [
      '2026-11-20T09:00:00.250Z - 2026-11-20T10:00:00Z',
      '2026-11-20T09:00:00.250Z',
      '2026-11-20T10:00:00.000Z',
    ],
    ['2026-11-20 09:00+02:00 to 2026-11-20 09:00', '2026-11-20T07:00:00.000Z', '2026-11-20T09:00:00.000Z'],
    ['9:05 to 10:00', '2026-11-20T09:05:00.000Z', '2026-11-20T10:00:00.000Z'],
    ['since 09:00', '2026-11-20T09:00:00.000Z', 'now'],
    ['1763600000 to 1763603600', '2025-11-20T00:53:20.000Z', '2025-11-20T01:53:20.000Z'],
  ])('%s', (text, from, to) => {
    expect(parseTypedRange(text, context)).toEqual({ from, to })
  })

  it.each(['', 'soon', 'last', 'last 0h', '10:00 to 09:00', '2026-02-31', '25:00 to 26:00', '5 apples', 'h'])(
    'refuses %j',
    (text) => {
      expect(parseTypedRange(text, context)).toBeNull()
    },
  )
})
