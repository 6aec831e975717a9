import { describe, expect, it } from 'vitest'
import { addValue, filterChips, hasValue, onlyValue, removeValue, toggleValue } from './filter-edits'

describe('filter edits', () => {
  it('moves a value between include and exclude', () => {
    const included = addValue({}, 'ServiceName', 'cart', 'in')
    expect(included).toEqual({ ServiceName: { in: ['cart'] } })
    expect(addValue(included, 'ServiceName', 'cart', 'notIn')).toEqual({ ServiceName: { notIn: ['cart'] } })
  })
  it('adds to what is there, once', () => {
    const both = addValue(addValue({}, 's', 'a', 'in'), 's', 'b', 'in')
    expect(addValue(both, 's', 'a', 'in')).toEqual({ s: { in: ['b', 'a'] } })
  })
  it('leaves nothing empty behind', () => {
    expect(removeValue({ s: { in: ['a'] } }, 's', 'a')).toEqual({})
    expect(toggleValue({ s: { notIn: ['a'] } }, 's', 'a')).toEqual({})
  })
  it('keeps bounds and other fields', () => {
    const filters = { Duration: { min: 5, in: ['1'] }, s: { in: ['a'] } }
    expect(removeValue(filters, 'Duration', '1')).toEqual({ s: { in: ['a'] }, Duration: { min: 5 } })
    expect(onlyValue(filters, 's', 'z').s).toEqual({ in: ['z'] })
  })
  it('is not confused by fields named as an object has', () => {
    expect(hasValue({}, 'constructor', 'x', 'in')).toBe(false)
    expect(addValue({}, 'toString', 'x', 'in')).toEqual({ toString: { in: ['x'] } })
  })
  it('makes a chip for each value, each of which can go', () => {
    const chips = filterChips({ s: { in: ['a', 'b'], notIn: ['c'] }, Duration: { min: 5 } })
    expect(chips.map((chip) => `${chip.field} ${chip.relation} ${chip.value}`)).toEqual([
      's is a',
      's is b',
      's not c',
      'Duration ≥ 5',
    ])
    expect(chips[3]!.without).toEqual({ s: { in: ['a', 'b'], notIn: ['c'] } })
  })
})
