import { expect, test } from 'vitest'
import { shiftsOf } from './benchmark'

const endMs = Date.parse('2026-11-20T09:00:00Z')

test('copies go back evenly in the shop’s rhythm, all within the hours', () => {
  const shifts = shiftsOf(500, { hours: 24, endMs, lengthMs: 20 * 60_000 })
  expect(shifts.length).toBe(500)
  expect(shifts).toEqual([...shifts].sort((a, b) => a - b))
  expect(Math.min(...shifts)).toBeGreaterThanOrEqual(-(24 * 60 - 20) * 60_000)
  expect(Math.max(...shifts)).toBeLessThanOrEqual(0)
  const at = (hour: number) => shifts.filter((shift) => new Date(endMs + shift).getUTCHours() === hour).length
  expect(at(20)).toBeGreaterThan(at(4) * 1.2)
})

test('one copy has a place too', () => {
  expect(shiftsOf(1, { hours: 1, endMs, lengthMs: 60 * 60_000 })).toEqual([0])
})
