import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkUserSql, syntaxErrorPosition, toNormalise } from './check'
import { tokenize } from './lexer'

const kinds = (text: string): string[] => tokenize(text).map((token) => `${token.kind}:${token.text}`)

describe('tokenize', () => {
  test('knows what is a word and what is inside quotes', () => {
    expect(kinds(`SELECT 'a''b;\\'' , "c ""d" , \`e\``)).toEqual([
      'word:SELECT',
      `string:'a''b;\\''`,
      'symbol:,',
      'quoted:"c ""d"',
      'symbol:,',
      'quoted:`e`',
    ])
  })
  test('drops comments of every kind, nested ones too', () => {
    expect(kinds('1 -- x\n/* a /* b */ c */ 2 # y\n3 #! z')).toEqual(['number:1', 'number:2', 'number:3'])
  })
  test('reads heredocs as strings', () => {
    expect(kinds('$x$ a ; $$ b $x$ $$;$$')).toEqual(['string:$x$ a ; $$ b $x$', 'string:$$;$$'])
  })
  test.each([`'abc`, '"abc', '/* abc', '$$abc'])('marks what has no end: %s', (text) => {
    expect(tokenize(text).at(-1)?.kind).toBe('error')
  })
  test('never throws and covers no character twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let end = 0
        let inOrder = true
        for (const token of tokenize(text)) {
          inOrder &&= token.from >= end && token.to > token.from
          end = token.to
        }
        return inOrder && end <= text.length
      }),
    )
  })
})

describe('checkUserSql', () => {
  test('answers with the very text it looked at', () => {
    expect(checkUserSql('SELECT 1', 'statement')).toEqual({ ok: true, sql: 'SELECT 1' })
    expect(checkUserSql("SELECT (a = 1) AND (b = 'x')", 'expression')).toEqual({
      ok: true,
      sql: "(a = 1) AND (b = 'x')",
    })
  })
  test('points at the refused word in the text as it was written', () => {
    const original = 'select 1,\n  sleep (3)'
    expect(checkUserSql('SELECT 1, sleep(3)', 'statement', original)).toMatchObject({
      ok: false,
      code: 'sql_refused',
      position: original.indexOf('sleep'),
    })
  })
  test('an expression is no statement', () => {
    expect(checkUserSql('DROP TABLE t', 'expression')).toMatchObject({ ok: false })
    expect(checkUserSql('SELECT a, b', 'expression')).toMatchObject({ ok: false, code: 'sql_error' })
    expect(checkUserSql('SELECT [1, 2][1]', 'expression')).toMatchObject({ ok: true })
  })
  test('finds the place of a syntax error, the prefix of expressions left out', () => {
    const message = 'Syntax error: failed at position 9 ()): ) or (1=1'
    expect(toNormalise('1) or (1=1', 'expression').indexOf(')')).toBe(8)
    expect(syntaxErrorPosition(message, 'expression')).toBe(1)
    expect(syntaxErrorPosition(message, 'statement')).toBe(8)
  })
})
