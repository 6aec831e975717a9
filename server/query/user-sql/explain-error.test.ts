import { describe, expect, it } from 'vitest'
import { explainSqlError, explainSyntaxError } from './explain-error'

describe('mistakes that show when the statement runs', () => {
  it('names the unknown column, its place, and the one that was meant', () => {
    const message = "Unknown expression or function identifier `Durations`. Maybe you meant: ['Duration']."
    const found = explainSqlError(47, message, 'StatusCode = 1 AND Durations > 5')
    expect(found.message).toBe('There is no column Durations. Did you mean Duration?')
    expect(found.position).toEqual({ from: 19, to: 28 })
  })
  it('points at the function, the aggregate and the literal', () => {
    const place = (code: number, message: string, text: string) =>
      explainSqlError(code, message, text).position
    expect(place(46, 'Function with name `foo` does not exist', '1 = foo(Duration)')).toEqual({
      from: 4,
      to: 7,
    })
    expect(place(184, 'Aggregate function count() is found in WHERE', 'count() > 5')).toEqual({
      from: 0,
      to: 5,
    })
    expect(place(6, "Cannot convert string 'abc' to type UInt64", "Duration > 'abc'")).toEqual({
      from: 12,
      to: 15,
    })
  })
  it('keeps what it cannot place, and takes no part of a word for the word', () => {
    const message = 'There is no supertype for types String, UInt8'
    expect(explainSqlError(386, message, "SpanAttributes['a'] > 5")).toEqual({ message })
    expect(explainSqlError(47, 'Unknown identifier `ration`', 'Duration > 5').position).toBeUndefined()
  })
})

describe('mistakes of syntax', () => {
  it('says that something is missing at the end', () => {
    const found = explainSyntaxError('Syntax error', 'Duration > ', 10)
    expect(found.message).toContain('ends too early')
  })
  it('names the word that was not expected', () => {
    expect(explainSyntaxError('Syntax error', 'a = = 1', 4)).toEqual({
      message: 'The SQL cannot be read from “=” on.',
      position: { from: 4, to: 5 },
    })
  })
  it('tells whole statements, parentheses and quotes apart', () => {
    expect(explainSyntaxError('Syntax error', ' SELECT 1', 8)).toMatchObject({ position: { from: 1, to: 7 } })
    expect(explainSyntaxError('Unmatched parentheses: (', 'a = (', 4).message).toContain('parenthesis')
    expect(explainSyntaxError('Single quoted string is not closed', "a = 'b", 4).message).toContain('quote')
  })
  it('stands anything', () => {
    for (const at of [-1, 0, 5, 99, undefined]) expect(() => explainSyntaxError('', 'é', at)).not.toThrow()
  })
})
