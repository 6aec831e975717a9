import fc from 'fast-check'
import { parse as parseLucene } from 'lucene-query-parser'
import { expect, test } from 'vitest'
import type { SearchNode } from './ast'
import { parseSearch } from './parse'

/**
 * Differential test against lucene-query-parser 1.2.0, the parser that HyperDX's users are used to, on what it
 * reads correctly. Left out, because it is wrong there (docs/adr/0002-own-parser.md): a leading NOT, `\"`,
 * negative range bounds, `-field:`, `-(…)`, and AND mixed with OR without parentheses.
 */
interface LuceneNode {
  readonly left?: LuceneNode
  readonly right?: LuceneNode
  readonly operator?: string
  readonly field?: string
  readonly term?: string
  readonly prefix?: string | null
  readonly term_min?: string
  readonly term_max?: string
  readonly inclusive?: boolean
}

/** Both trees in one form: chains of one operator flat, each clause a text. */
type Plain =
  | string
  | { readonly op: 'AND' | 'OR'; readonly items: readonly Plain[] }
  | { readonly not: Plain }

const IMPLICIT = '<implicit>'

function fromLucene(node: LuceneNode, group = IMPLICIT): Plain {
  const field = node.field === undefined || node.field === IMPLICIT ? group : node.field
  if (node.left) {
    const left = fromLucene(node.left, field)
    if (!node.right) return left
    const right = fromLucene(node.right, field)
    if (node.operator === 'NOT') return flat('AND', [left, { not: right }])
    return flat(node.operator === 'OR' ? 'OR' : 'AND', [left, right])
  }
  if (node.term_min !== undefined) {
    const [open, close] = node.inclusive ? '[]' : '{}'
    return `${field} ${open}${node.term_min} ${node.term_max}${close}`
  }
  const clause = `${field} ${node.term}`
  return node.prefix === '-' ? { not: clause } : clause
}

function fromOurs(node: SearchNode): Plain {
  switch (node.type) {
    case 'and':
    case 'or':
      return flat(node.type === 'or' ? 'OR' : 'AND', node.items.map(fromOurs))
    case 'not':
      return { not: fromOurs(node.item) }
    case 'all':
      return `${IMPLICIT} *`
    case 'phrase':
      return `${IMPLICIT} ${node.text}`
    case 'text':
      return `${IMPLICIT} ${node.glob.map((part) => (typeof part === 'string' ? part : part.wild)).join('')}`
    case 'field': {
      const { value } = node
      if (value.type === 'range') {
        const [open, close] = value.includeLow ? '[]' : '{}'
        return `${node.name} ${open}${value.low ?? '*'} ${value.high ?? '*'}${close}`
      }
      if (value.type === 'quoted') return `${node.name} ${value.text}`
      if (value.type !== 'text') throw new Error(`not in the subset: ${value.type}`)
      return `${node.name} ${value.glob.map((part) => (typeof part === 'string' ? part : part.wild)).join('')}`
    }
  }
}

/** The oracle nests chains to the right: `a AND (b AND c)`. */
function flat(op: 'AND' | 'OR', items: readonly Plain[]): Plain {
  return {
    op,
    items: items.flatMap((item) =>
      typeof item === 'object' && 'op' in item && item.op === op ? item.items : [item],
    ),
  }
}

const word = fc.constantFrom('alpha', 'b2', 'Timeout', 'wi*d', 'w?ld', 'sta*')
const phrase = fc.constantFrom('"one two"', '"x"', '"a AND b"', '"(no) group"')
const range = fc.constantFrom('[1 TO 2]', '{10 TO 20}', '[a TO z]')
const name = fc.constantFrom('field', 'http.status_code', '_id')

const subset = fc.letrec<{ chain: string; item: string }>((tie) => ({
  chain: fc
    .tuple(
      fc.array(tie('item'), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(' ', ' AND ', ' OR ', ' && ', ' || '),
    )
    .map(([items, operator]) => items.join(operator)),
  item: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    word,
    phrase,
    fc.tuple(fc.constantFrom('-', '+'), word).map(([prefix, text]) => `${prefix}${text}`),
    fc.tuple(name, fc.oneof(word, phrase, range)).map(([field, value]) => `${field}:${value}`),
    fc.tuple(word, word).map(([left, right]) => `(${left} NOT ${right})`),
    fc
      .tuple(
        name,
        fc.array(fc.oneof(word, phrase), { minLength: 2, maxLength: 3 }),
        fc.constantFrom(' ', ' OR ', ' AND '),
      )
      .map(([field, values, operator]) => `${field}:(${values.join(operator)})`),
    tie('chain').map((chain) => `(${chain})`),
  ),
})).chain

/** A phrase followed by `-` is one of the things that the oracle cannot read. */
const isReadable = (text: string) => !/"\s+-/.test(text)

test('reads what lucene-query-parser reads correctly in the same way', () => {
  fc.assert(
    fc.property(subset.filter(isReadable), (text) => {
      const { ast, diagnostics } = parseSearch(text)
      expect(diagnostics).toEqual([])
      expect(fromOurs(ast), text).toEqual(fromLucene(parseLucene(text) as LuceneNode))
    }),
    { numRuns: 500 },
  )
})

test('where the oracle is wrong, we are not', () => {
  expect(parseLucene('NOT foo bar')).not.toHaveProperty('operator', 'NOT')
  expect(parseSearch('NOT foo bar').ast).toMatchObject({
    type: 'and',
    items: [{ type: 'not' }, { type: 'text' }],
  })
  expect(fromLucene(parseLucene('a AND b OR c') as LuceneNode)).toMatchObject({ op: 'AND' })
  expect(fromOurs(parseSearch('a AND b OR c').ast)).toMatchObject({ op: 'OR' })
  for (const text of ['"say \\"hi\\""', '"a" -f:b', 'f:[-5 TO -1]']) {
    expect(parseSearch(text).diagnostics, text).toEqual([])
  }
})
