import { describe, expect, it } from 'vitest'
import { formatBytes } from './bytes'
import { formatDuration } from './duration'
import { formatCompact, formatCount, formatQuantity } from './number'

describe('formatDuration', () => {
  it.each([
    ['0', '0 ns'],
    ['12', '12 ns'],
    ['999', '999 ns'],
    ['1000', '1 µs'],
    ['12345', '12.3 µs'],
    ['562000000', '562 ms'],
    ['999600000', '1 s'],
    ['1240000000', '1.24 s'],
    ['1400000000', '1.40 s'],
    ['59960000000', '1 min'],
    ['125000000000', '2 min 5 s'],
    ['3600000000000', '1 h'],
    ['5400000000000', '1 h 30 min'],
    ['180000000000000', '2 d 2 h'],
    ['-1500000', '-1.50 ms'],
    ['', ''],
    ['what', 'what'],
  ])('%s ns is %s', (ns, text) => {
    expect(formatDuration(ns)).toBe(text)
  })
  it('takes bigint and number too', () => {
    expect(formatDuration(2_000_000n)).toBe('2 ms')
    expect(formatDuration(2_000_000)).toBe('2 ms')
  })
})

it('counts with thousands and short forms', () => {
  expect(formatCount(31410)).toBe('31,410')
  expect(formatCompact(999)).toBe('999')
  expect(formatCompact(1_240_000)).toBe('1.2 M')
  expect(formatCompact(999_960)).toBe('1 M')
  expect(formatQuantity(1, 'span')).toBe('1 span')
  expect(formatQuantity(2, 'span')).toBe('2 spans')
})

it('writes bytes in decimal units', () => {
  expect(formatBytes(0)).toBe('0 B')
  expect(formatBytes(1300)).toBe('1.3 kB')
  expect(formatBytes(13_000_000)).toBe('13 MB')
})
