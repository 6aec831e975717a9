import { describe, expect, it } from 'vitest'
import { splitExpressions, timeConversion, timeKeys } from './key-expression'

describe('splitExpressions', () => {
  it('splits at top-level commas only', () => {
    expect(splitExpressions("a, f(b, 'x,)y'), `odd, name`, [1, 2]")).toEqual([
      'a',
      "f(b, 'x,)y')",
      '`odd, name`',
      '[1, 2]',
    ])
    expect(splitExpressions('')).toEqual([])
  })
})

describe('timeConversion', () => {
  it.each([
    ['Timestamp', '$'],
    ['toStartOfFiveMinutes(Timestamp)', 'toStartOfFiveMinutes($)'],
    ['toStartOfHour(toDateTime(Timestamp))', 'toStartOfHour(toDateTime($))'],
    ['toStartOfInterval(Timestamp, toIntervalMinute(5))', 'toStartOfInterval($, toIntervalMinute(5))'],
    ["toDate(Timestamp, 'UTC')", "toDate($, 'UTC')"],
    ['toHour(Timestamp)', null],
    ['cityHash64(Timestamp)', null],
    ['toDate(Other)', null],
    ['ServiceName', null],
  ])('%s → %s', (expression, expected) => {
    expect(timeConversion(expression, 'Timestamp')).toBe(expected)
  })
})

it('timeKeys inlines columns computed from the time', () => {
  const derived = new Map([['TimestampTime', 'toDateTime(Timestamp)']])
  expect(
    timeKeys(['ServiceName', 'toStartOfHour(TimestampTime)', 'Timestamp'], 'Timestamp', derived),
  ).toEqual([{ expression: 'toStartOfHour(TimestampTime)', convert: 'toStartOfHour(toDateTime($))' }])
})
