import { expect, test } from 'vitest'
import { readDuration } from './duration-units'

test('units are converted without a rounding error', () => {
  expect(readDuration('1.5s', 'ns')).toBe('1500000000')
  expect(readDuration('250us', 'ns')).toBe('250000')
  expect(readDuration('250µs', 'ms')).toBe('0.25000000000000000000')
  expect(readDuration('2m', 's')).toBe('120')
  expect(readDuration('-1h', 'ms')).toBe('-3600000')
  expect(readDuration('1e3ms', 's')).toBe('1')
  expect(readDuration('9007199254740993us', 'ns')).toBe('9007199254740993000')
})

test("a bare number is in the column's unit; others are refused", () => {
  expect(readDuration('42', 'ns')).toBe('42')
  expect(readDuration('5 parsecs', 'ns')).toBe('bad_unit')
  expect(readDuration('fast', 'ns')).toBeNull()
  expect(readDuration('', 'ns')).toBeNull()
})
