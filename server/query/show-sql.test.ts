import { describe, expect, it } from 'vitest'
import { compile, id, param, sql } from '@/lib/sql/fragment'
import { showSql } from './show-sql'

describe('showSql', () => {
  it('writes parameters out as literals that cannot end early', () => {
    const hostile = "x'; DROP TABLE t --\\"
    const shown = showSql(compile(sql`SELECT ${id('a`b')} = ${param(hostile, 'String')}`))
    expect(shown).toBe("SELECT `a\\`b` = 'x\\'; DROP TABLE t --\\\\'")
  })

  it('knows numbers, lists, other types and control characters', () => {
    const statement = sql`SELECT ${param(5n, 'Int64')}, ${param(['a', 'b'], 'Array(String)')}, ${param('1', 'Decimal(9, 2)')}, ${param('a\n\u0000', 'String')}`
    expect(showSql(compile(statement))).toBe(
      "SELECT 5, ['a', 'b'], CAST('1', 'Decimal(9, 2)'), 'a\\x0A\\x00'",
    )
  })

  it('does not read braces inside values', () => {
    const statement = sql`SELECT ${param('{p1:String}', 'String')}, ${param('b', 'String')}`
    expect(showSql(compile(statement))).toBe("SELECT '{p1:String}', 'b'")
  })
})
