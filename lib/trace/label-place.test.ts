import { describe, expect, it } from 'vitest'
import { placeLabel } from './label-place'

const place = (left: number, right: number, marks: number[] = []) =>
  placeLabel({ left, right, room: 500, labelWidth: 50, marks })

describe('placeLabel', () => {
  it('is inside of a long bar, after a short one, before one at the right end', () => {
    expect(place(0, 400)).toEqual({ inside: true, at: 0 })
    expect(place(100, 110)).toEqual({ inside: false, at: 112 })
    expect(place(480, 500)).toEqual({ inside: false, at: 430 })
  })

  it('moves past the marks of events', () => {
    expect(place(0, 400, [2])).toEqual({ inside: true, at: 6 })
    expect(place(0, 400, [30, 2])).toEqual({ inside: true, at: 34 })
    expect(place(100, 110, [110])).toEqual({ inside: false, at: 114 })
    expect(place(0, 400, [390])).toEqual({ inside: true, at: 0 })
  })

  it('covers a mark rather than leaving the bar without its duration', () => {
    expect(place(0, 500, [20, 60, 100, 140, 180, 220, 260, 300, 340, 380, 420, 460])).toEqual({
      inside: true,
      at: 0,
    })
  })
})
