import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addClause, fieldClause, hasClause, quoteValue, removeClause, toggleClause } from './clauses'
import { parseSearch } from './parse'
import { anyText, withoutSpans } from './tree.fixture'

test('a clause says exactly its field and value, whatever they hold', () => {
  expect(fieldClause('ServiceName', 'cart')).toBe('ServiceName:"cart"')
  expect(fieldClause('ServiceName', 'a "b" \\', true)).toBe('-ServiceName:"a \\"b\\" \\\\"')
  expect(fieldClause('a b:c', 'x')).toBe('a\\ b\\:c:"x"')
  expect(fieldClause('404.page', 'x')).toBe('attributes.404.page:"x"')
  expect(quoteValue('x')).toBe('"x"')
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), fc.boolean(), (field, value, negate) => {
      const { ast, diagnostics } = parseSearch(fieldClause(field, value, negate))
      expect(diagnostics).toEqual([])
      const node = ast.type === 'not' ? ast.item : ast
      expect(ast.type === 'not').toBe(negate)
      expect(node).toMatchObject({ type: 'field', value: { type: 'quoted', text: value } })
      expect((node as { name: string }).name.endsWith(field)).toBe(true)
    }),
  )
})

test('adding keeps what is there', () => {
  expect(addClause('', 'a:"b"')).toBe('a:"b"')
  expect(addClause('timeout', 'a:"b"')).toBe('timeout a:"b"')
  expect(addClause('x OR y', 'a:"b"')).toBe('(x OR y) a:"b"')
  expect(addClause('x a:"b"', 'a:"b"')).toBe('x a:"b"')
})

test('including what was excluded replaces it', () => {
  expect(addClause('x -a:"b" y', 'a:"b"')).toBe('x y a:"b"')
  expect(addClause('a:"b"', '-a:"b"')).toBe('-a:"b"')
  expect(addClause('NOT a:"b"', 'a:"b"')).toBe('a:"b"')
})

test('removing leaves the rest as typed', () => {
  expect(removeClause('x   AND a:"b" AND  y', 'a:"b"')).toBe('x y')
  expect(removeClause('a:"b"', 'a:"b"')).toBe('')
  expect(removeClause('(x OR  y) a:"b"', 'a:"b"')).toBe('(x OR  y)')
  expect(removeClause('x OR a:"b"', 'a:"b"')).toBe('x OR a:"b"')
  expect(hasClause('x OR a:"b"', 'a:"b"')).toBe(false)
})

test('toggling twice gives the same search', () => {
  const clause = fieldClause('f', 'v')
  expect(toggleClause(toggleClause('x y', clause), clause)).toBe('x y')
  fc.assert(
    fc.property(anyText, (text) => {
      if (
        parseSearch(text).diagnostics.length > 0 ||
        hasClause(text, clause) ||
        hasClause(text, `-${clause}`)
      )
        return
      const added = toggleClause(text, clause)
      expect(hasClause(added, clause), added).toBe(true)
      const { ast, diagnostics } = parseSearch(toggleClause(added, clause))
      expect(diagnostics).toEqual([])
      expect(withoutSpans(ast)).toEqual(withoutSpans(parseSearch(text).ast))
    }),
    { numRuns: 300 },
  )
})
