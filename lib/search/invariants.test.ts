import fc from 'fast-check'
import { expect, test } from 'vitest'
import { completionContext } from './completion-context'
import { parseSearch } from './parse'
import { printSearch } from './print'
import { anyText, anyTree, withoutSpans } from './tree.fixture'

test('a printed tree parses to the same tree', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const printed = printSearch(tree)
      const { ast, diagnostics } = parseSearch(printed)
      expect(diagnostics).toEqual([])
      expect(withoutSpans(ast), printed).toEqual(withoutSpans(tree))
    }),
    { numRuns: 2000 },
  )
})

test('random text never throws, and its spans and tokens lie in it, in order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { diagnostics, tokens } = parseSearch(text)
      let end = 0
      for (const token of tokens) {
        expect(token.from).toBeGreaterThanOrEqual(end)
        expect(token.to).toBeGreaterThan(token.from)
        end = token.to
      }
      expect(end).toBeLessThanOrEqual(text.length)
      for (const { from, to, message, hint } of diagnostics) {
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeGreaterThan(from)
        expect(to).toBeLessThanOrEqual(text.length)
        expect(message).not.toBe('')
        expect(hint).toBeTruthy()
      }
    }),
    { numRuns: 3000 },
  )
})

test('what was read without an error is printed in a stable way', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { ast, diagnostics } = parseSearch(text)
      if (diagnostics.length > 0) return
      const printed = printSearch(ast)
      expect(withoutSpans(parseSearch(printed).ast)).toEqual(withoutSpans(ast))
      expect(printSearch(parseSearch(printed).ast)).toBe(printed)
    }),
    { numRuns: 3000 },
  )
})

test('every position of any text has a completion context around it', () => {
  fc.assert(
    fc.property(anyText, fc.nat(60), (text, position) => {
      const { from, to } = completionContext(text, position)
      expect(from).toBeGreaterThanOrEqual(0)
      expect(from).toBeLessThanOrEqual(to)
      expect(to).toBeLessThanOrEqual(text.length)
    }),
  )
})
