import { expect, it } from 'vitest'
import { readFilters } from './read-filters'

it('reads what is a filter and leaves out the rest', () => {
  expect(
    readFilters({ ServiceName: { in: ['cart'] }, Duration: { min: 5, max: '9' }, a: { notIn: [1, null] } }),
  ).toEqual({
    ServiceName: { in: ['cart'] },
    Duration: { min: 5, max: '9' },
    a: { notIn: [1] },
  })
  expect(readFilters({ a: 'x', b: { in: 'x' }, c: null, d: { other: 1 } })).toEqual({})
})

it.each([null, 'text', 5, ['a']])('gives nothing for %j', (value) => {
  expect(readFilters(value)).toBeNull()
})
