import { expect, test } from 'vitest'
import { MAX_CLAUSES, MAX_DEPTH } from './ast'
import { parseSearch } from './parse'

/** `^` marks the underlined part, as in a compiler's message. */
const MISTAKES: readonly (readonly [text: string, marks: string, code: string, hint: RegExp])[] = [
  ['AND a', '^^^  ', 'leading_operator', /quotes/],
  ['|| a', '^^  ', 'leading_operator', /quotes/],
  ['(OR a)', ' ^^   ', 'leading_operator', /quotes/],
  ['a AND', '  ^^^', 'trailing_operator', /quotes/],
  ['a OR ', '  ^^ ', 'trailing_operator', /quotes/],
  ['(a &&)', '   ^^ ', 'trailing_operator', /quotes/],
  ['a NOT', '  ^^^', 'trailing_operator', /exclude/],
  ['(NOT )', ' ^^^  ', 'trailing_operator', /exclude/],
  ['a AND OR b', '      ^^  ', 'doubled_operator', /Remove/],
  ['a NOT AND b', '  ^^^^^^^  ', 'doubled_operator', /Remove/],
  ['()', '^^', 'empty_group', /Quote/],
  ['a ( ) b', '  ^^^  ', 'empty_group', /Quote/],
  ['f:()', '  ^^', 'empty_group', /Quote/],
  ['main()', '    ^^', 'empty_group', /Quote/],
  ['a "b c', '  ^^^^', 'unclosed_quote', /\\"/],
  ['f:"b', '  ^^', 'unclosed_quote', /\\"/],
  ['(a', '^ ', 'unclosed_group', /\\\(/],
  ['a)', ' ^', 'stray_parenthesis', /\\\)/],
  ['f:[1 TO 2', '  ^^^^^^^', 'unclosed_range', /low TO high/],
  ['f:[', '  ^', 'unclosed_range', /low TO high/],
  ['f:[1 2]', '  ^^^^^', 'bad_range', /low TO high/],
  ['f:[1 TO ] a', '  ^^^^^^^  ', 'bad_range', /low TO high/],
  ['f:[a]', '  ^^^', 'bad_range', /low TO high/],
  ['Error: boom', '^^^^^^     ', 'missing_value', /"Error: boom"/],
  ['(f:)', ' ^^ ', 'missing_value', /quote/],
  ['f:>= a', '  ^^  ', 'missing_value', /value/],
  ['f:/a(/', '  ^^^^', 'bad_regex', /RE2/],
  ['f:/(?=a)/', '  ^^^^^^^', 'bad_regex', /RE2/],
]

test.each(MISTAKES)('%s', (text, marks, code, hint) => {
  const { diagnostics } = parseSearch(text)
  const from = marks.indexOf('^')
  expect(diagnostics).toHaveLength(1)
  expect(diagnostics[0]).toMatchObject({ severity: 'error', code, from, to: marks.lastIndexOf('^') + 1 })
  expect(diagnostics[0]?.hint).toMatch(hint)
})

test('each mistake is told, in the order of the text', () => {
  const { diagnostics } = parseSearch('OR f: (a f:[1 g:"x')
  expect(diagnostics.map(({ code }) => code)).toEqual([
    'leading_operator',
    'missing_value',
    'unclosed_group',
    'unclosed_range',
  ])
})

test('the rest of a broken search is still read', () => {
  expect(parseSearch('Error: boom').ast).toMatchObject({ type: 'text', glob: ['boom'] })
  expect(parseSearch('a AND').ast).toMatchObject({ type: 'text', glob: ['a'] })
})

test('limits: 64 KB, depth, clauses', () => {
  const codes = (text: string) => parseSearch(text).diagnostics.map(({ code }) => code)
  expect(codes('x'.repeat(65_536))).toEqual([])
  expect(codes('x'.repeat(65_537))).toEqual(['too_long'])
  expect(codes('€'.repeat(21_846))).toEqual(['too_long'])
  expect(codes(`${'('.repeat(MAX_DEPTH)}a${')'.repeat(MAX_DEPTH)}`)).toEqual([])
  expect(codes(`${'('.repeat(MAX_DEPTH + 1)}a${')'.repeat(MAX_DEPTH + 1)}`)).toEqual(['too_deep'])
  expect(codes(`${'NOT '.repeat(MAX_DEPTH)}a`)).toEqual([])
  expect(codes(`${'NOT '.repeat(MAX_DEPTH + 1)}a`)).toEqual(['too_deep'])
  expect(codes(`${'-'.repeat(60_000)}a`)).toEqual(['too_deep'])
  expect(codes('a '.repeat(MAX_CLAUSES))).toEqual([])
  expect(codes(`f:(${'a '.repeat(MAX_CLAUSES)})`)).toEqual([])
  expect(codes('a '.repeat(MAX_CLAUSES + 1))).toEqual(['too_many_clauses'])
  expect(codes('('.repeat(65_000))).toEqual(['too_deep'])
})
