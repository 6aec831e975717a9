import { expect, test } from 'vitest'
import { editDistance, nearestNames } from './nearest-name'

const KNOWN = ['http.status_code', 'http.route', 'user.id', 'service.name', 'host.name']

test('distance counts insertions, deletions, changes and swaps', () => {
  expect(editDistance('abc', 'abc', 3)).toBe(0)
  expect(editDistance('abc', 'acb', 3)).toBe(1)
  expect(editDistance('abc', 'ab', 3)).toBe(1)
  expect(editDistance('kitten', 'sitting', 3)).toBe(3)
  expect(editDistance('abc', 'xyzabc', 2)).toBe(3)
})

test('suggests what was probably meant, nearest first', () => {
  expect(nearestNames('http.staus_code', KNOWN)).toEqual(['http.status_code'])
  expect(nearestNames('htpt.route', KNOWN)).toEqual(['http.route'])
  expect(nearestNames('HTTP.Route', KNOWN)).toEqual(['http.route'])
  expect(nearestNames('status_code', KNOWN)).toEqual(['http.status_code'])
  expect(nearestNames('zzzz', KNOWN)).toEqual([])
})
