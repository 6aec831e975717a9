import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatIso, parseTime } from './range'

const NOW = Date.parse('2026-11-20T09:00:00Z')

describe('parseTime', () => {
  it.each([
    ['now', '2026-11-20T09:00:00.000000000Z'],
    ['now-15m', '2026-11-20T08:45:00.000000000Z'],
    ['now+1h', '2026-11-20T10:00:00.000000000Z'],
    [NOW, '2026-11-20T09:00:00.000000000Z'],
    [String(NOW), '2026-11-20T09:00:00.000000000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000000000Z'],
    ['2026-11-20T09:00:00', '2026-11-20T09:00:00.000000000Z'],
    ['2026-11-20 09:00:00.5', '2026-11-20T09:00:00.500000000Z'],
    ['2026-11-20T09:00:00.123456789Z', '2026-11-20T09:00:00.123456789Z'],
    ['2026-11-20T11:00:00+02:00', '2026-11-20T09:00:00.000000000Z'],
  ])('%s', (text, expected) => {
    const nanos = parseTime(text, NOW)
    expect(nanos === null ? null : formatIso(nanos)).toBe(expected)
  })

  it.each(['', 'yesterday', 'now-15', 'now-15y', '2026-02-31', '2026-13-01', '2026-11-20T25:00', 'NaN'])(
    'refuses %s',
    (text) => {
      expect(parseTime(text, NOW)).toBeNull()
    },
  )

  it('formatIso and parseTime are inverse over the DateTime64(9) range', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -2_208_988_800_000_000_000n, max: 9_214_646_399_999_999_999n }),
        (nanos) => {
          expect(parseTime(formatIso(nanos), NOW)).toBe(nanos)
        },
      ),
    )
  })
})
