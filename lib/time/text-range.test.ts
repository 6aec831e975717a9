import { describe, expect, it } from 'vitest'
import { clockParts, formatDateTime } from './clock'
import { rangeInWords, rangeLabel } from './range-label'
import { fixedRange, resolveRange, widerRange } from './text-range'

const now = Date.parse('2026-11-20T12:00:00Z')

it('resolves at the time of the query', () => {
  expect(resolveRange({ from: 'now-1h', to: 'now' }, now)).toEqual({
    from: 1795172400000000000n,
    to: 1795176000000000000n,
  })
  expect(resolveRange({ from: 'now', to: 'now-1h' }, now)).toBeNull()
  expect(resolveRange({ from: 'x', to: 'now' }, now)).toBeNull()
})

it('fixes a relative range for a link that must not move', () => {
  expect(fixedRange({ from: 'now-1h', to: 'now' }, now)).toEqual({
    from: '2026-11-20T11:00:00.000Z',
    to: '2026-11-20T12:00:00.000Z',
  })
})

it('widens', () => {
  expect(widerRange({ from: 'now-30m', to: 'now' }, 4, now)).toEqual({ from: 'now-2h', to: 'now' })
  expect(widerRange({ from: '2026-11-20T09:00:00Z', to: '2026-11-20T10:00:00Z' }, 3, now)).toEqual({
    from: '2026-11-20T08:00:00.000Z',
    to: '2026-11-20T11:00:00.000Z',
  })
})

describe('labels', () => {
  it.each([
    ['now-30m', 'now', 'Last 30 min', 'the last 30 minutes'],
    ['now-1h', 'now', 'Last 1 h', 'the last hour'],
    ['2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z', '20 Nov 09:00 – 10:00', '20 Nov 09:00 – 10:00'],
    ['2026-11-19T23:00:00Z', '2026-11-20T10:00:05Z', '19 Nov 23:00:00 – 20 Nov 10:00:05', null],
    ['2026-11-20T09:00:00Z', 'now', '20 Nov 09:00 – now', null],
  ])('%s … %s', (from, to, label, words) => {
    expect(rangeLabel({ from, to }, 'utc', now)).toBe(label)
    if (words) expect(rangeInWords({ from, to }, 'utc', now)).toBe(words)
  })
})

it('keeps nanoseconds', () => {
  expect(clockParts(1795176000123456789n, 'utc')).toEqual({
    date: '2026-11-20',
    time: '12:00:00',
    fraction: '123456789',
  })
  expect(formatDateTime(1795176000123456789n, 'utc', 3)).toBe('2026-11-20 12:00:00.123')
})
