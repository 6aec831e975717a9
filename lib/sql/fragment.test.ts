import { describe, expect, it } from 'vitest'
import { and, compile, id, join, or, param, sql } from './fragment'

describe('sql fragments', () => {
  it('binds values in order of appearance', () => {
    const where = and([
      sql`${id('ServiceName')} = ${param('a', 'String')}`,
      sql`${id('Duration')} > ${param(5, 'UInt64')}`,
    ])
    expect(compile(sql`SELECT 1 WHERE ${where}`)).toEqual({
      sql: 'SELECT 1 WHERE (`ServiceName` = {p0:String}) AND (`Duration` > {p1:UInt64})',
      params: { p0: 'a', p1: 5 },
    })
  })

  it('quotes identifiers so that no name can leave its quotes', () => {
    expect(compile(id('a`; DROP TABLE x\\')).sql).toBe('`a\\`; DROP TABLE x\\\\`')
    expect(compile(id('db', 'table')).sql).toBe('`db`.`table`')
  })

  it('joins, and empty conjunctions and disjunctions are their neutral element', () => {
    expect(compile(join([sql`a`, sql`b`], sql`, `)).sql).toBe('a, b')
    expect(compile(and([])).sql).toBe('1')
    expect(compile(or([])).sql).toBe('0')
  })
})
