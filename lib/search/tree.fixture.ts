import fc from 'fast-check'
import type { Glob, SearchNode, Value } from './ast'
import { isUrl } from './characters'

/** The tree as plain data, spans left out, for comparing. */
export function withoutSpans(node: SearchNode): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) => (key === 'span' || key === 'nameSpan' ? undefined : value)),
  )
}

const SPAN = { from: 0, to: 0 }

/** Text with what is special to the language in it. */
const piece = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.string({
    unit: fc.constantFrom(...'aB7 :\\"*?()[]{}/<>=-+!&|~^.\'_@é\u212a\n\t\0'),
    minLength: 1,
    maxLength: 8,
  }),
  fc.constantFrom('AND', 'OR', 'NOT', 'TO', 'http://x', 'localhost:1', 'a::b', '&&', '||', '->'),
)

const glob: fc.Arbitrary<Glob> = fc
  .array(fc.oneof(piece, fc.constantFrom({ wild: '*' } as const, { wild: '?' } as const)), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) =>
    parts.reduce<(string | { wild: '*' | '?' })[]>((kept, part) => {
      const last = kept.at(-1)
      if (typeof part === 'string' && typeof last === 'string') kept[kept.length - 1] = last + part
      else if (typeof part === 'string' || part.wild === '?' || typeof last !== 'object' || last.wild !== '*')
        kept.push(part)
      return kept
    }, []),
  )
  .filter((parts) => parts.length > 1 || typeof parts[0] === 'string' || parts[0]!.wild === '?')
  // In a URL `?` cannot be a wildcard.
  .filter(
    (parts) =>
      !(
        parts.some((part) => typeof part === 'object' && part.wild === '?') &&
        isUrl(parts.map((part) => (typeof part === 'string' ? part : '')).join(''))
      ),
  )

const bound = fc.option(piece, { nil: null })

const value: fc.Arbitrary<Value> = fc.oneof(
  glob.map((parts): Value => ({ type: 'text', glob: parts, span: SPAN })),
  fc.string({ maxLength: 10 }).map((text): Value => ({ type: 'quoted', text, span: SPAN })),
  fc.constant<Value>({ type: 'exists', span: SPAN }),
  fc
    .constantFrom('a+', 'a b', 'a/b', '^/x$', '\\\\', '\\d/', '"', '\\)')
    .map((pattern): Value => ({ type: 'regex', pattern, span: SPAN })),
  fc
    .tuple(fc.constantFrom('>', '>=', '<', '<=', '='), piece)
    .map(
      ([operator, text]): Value => ({ type: 'compare', operator: operator as '>', bound: text, span: SPAN }),
    ),
  fc.tuple(bound, bound, fc.boolean(), fc.boolean()).map(
    ([low, high, includeLow, includeHigh]): Value => ({
      type: 'range',
      low,
      high,
      includeLow,
      includeHigh,
      span: SPAN,
    }),
  ),
)

const name = fc
  .tuple(fc.constantFrom('a', 'Z', '_', '@', 'é'), piece)
  .map(([first, rest]) => `${first}${rest}`)
  .filter((text) => text.toLowerCase() !== 'localhost')

const leaf: fc.Arbitrary<SearchNode> = fc.oneof(
  glob.map((parts): SearchNode => ({ type: 'text', glob: parts, span: SPAN })),
  fc.string({ maxLength: 10 }).map((text): SearchNode => ({ type: 'phrase', text, span: SPAN })),
  fc.constant<SearchNode>({ type: 'all', span: SPAN }),
  fc
    .tuple(name, value)
    .map(
      ([field, one]): SearchNode => ({ type: 'field', name: field, nameSpan: SPAN, value: one, span: SPAN }),
    ),
)

/** Any tree that a parser could have made. */
export const anyTree: fc.Arbitrary<SearchNode> = fc.letrec<{ node: SearchNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    tie('node').map((item): SearchNode => ({ type: 'not', item, span: SPAN })),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
      )
      .map(([type, items]): SearchNode => ({ type, items, span: SPAN })),
  ),
})).node

/** Text that looks like a search, or like something pasted into one. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.oneof(
        piece,
        fc.constantFrom(
          ' ',
          '(',
          ')',
          'f:',
          'f:(',
          '[1 TO 2]',
          '"',
          '-',
          '!',
          ' AND ',
          ' OR ',
          ' NOT ',
          '/x/',
          '*',
        ),
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
)
