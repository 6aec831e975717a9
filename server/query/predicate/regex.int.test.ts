import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkRegex } from '@/lib/search/re2-syntax'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'

const GOOD = [
  'a',
  '',
  'a|b',
  '|',
  'a|',
  '(a)',
  '()',
  '(?:a)',
  '(?i)a',
  '(?i:a)',
  '(?s-m:a)',
  '(?P<n>a)',
  '(?<n>a)',
  'a*',
  'a+?',
  'a??',
  'a{2}',
  'a{2,}',
  'a{2,3}?',
  'a{1000}',
  'a{,3}',
  'a{x',
  '{',
  '}',
  ']',
  '[]a]',
  '[^]a]',
  '[a-z]',
  '[a-]',
  '[-a]',
  '[\\d-]',
  '[\\]]',
  '[[:alpha:]]',
  '[[:^space:]x]',
  '[\\x41-\\x{5A}]',
  '\\d\\D\\w\\W\\s\\S',
  '\\b\\B\\A\\z',
  '\\pL',
  '\\p{L}',
  '\\P{Greek}',
  '\\p{^Lu}',
  '\\p{Han}',
  '\\x41',
  '\\x{1F600}',
  '\\101',
  '\\0',
  '\\Qa(b\\E',
  '\\Qa(b',
  '\\a\\f\\n\\r\\t\\v',
  '\\.\\/\\_\\-\\~',
  '^a$',
  '.',
  'é+',
  '(a|b)*c',
  '(?U)a+',
  '(((a)))',
  'x*',
  '(a*)*',
  '\\C',
  '[a-zA-Z_][\\w.-]*',
  '^\\s*$',
  '(?i)time(out|d out)',
  '^*',
  '(?:)*',
  'a{0}',
  '(a{10}){10}',
  '\\b+',
] as const

const BAD = [
  '(',
  '(a',
  '*',
  '+a',
  '?',
  'a**',
  'a+*',
  'a*+',
  'a{2}{3}',
  'a{1001}',
  'a{3,2}',
  '(|*)',
  'a|*',
  '(?=a)',
  '(?!a)',
  '(?<=a)',
  '(?<!a)',
  '(?>a)',
  '(?#c)',
  '(?',
  '(?P<>a)',
  '(?P=n)',
  '(a)\\1',
  '\\2',
  '\\8',
  '\\k<n>',
  '[',
  '[a',
  '[]',
  '[z-a]',
  '[a-\\d]',
  '[[:nope:]]',
  '\\pX',
  '\\p{Nope}',
  '\\x',
  '\\x{110000}',
  '\\xG0',
  '\\c',
  '\\E',
  '\\G',
  '\\h',
  '\\y',
  '\\Z',
  '\\u0041',
  '(?x)a',
  '(a{100}){100}',
  '((a{100}){100}){100}',
  '[\\b]',
  '(?i',
  '(?z:a)',
] as const

/** Taken by ClickHouse, which looks for plain text first, but no RE2: refused, since they are slips. */
const SLIPS = [')', 'a)', '(?P<n>a)(?P<n>b)', '\\'] as const

let engine: TestEngine
let client: ReturnType<typeof createClient>
beforeAll(async () => {
  engine = await startTestEngine()
  client = createClient({ url: engine.url })
})
afterAll(async () => {
  await client?.close()
  await engine?.stop()
})

/** RE2's own word on a pattern. */
async function compiles(pattern: string): Promise<boolean> {
  const body = new URLSearchParams({
    query: "SELECT match(materialize('x'), {p:String})",
    param_p: escapeParam(pattern),
  })
  const response = await fetch(`${engine.url}/?${body}`)
  const text = await response.text()
  if (!response.ok && !text.includes('CANNOT_COMPILE_REGEXP')) throw new Error(text)
  return response.ok
}

/** Parameters travel as TSV fields. */
function escapeParam(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')
}

test('a pattern passes exactly when RE2 takes it', async () => {
  const wrong: unknown[] = []
  for (const pattern of [...GOOD, ...BAD]) {
    const expected = (GOOD as readonly string[]).includes(pattern)
    const engineSays = await compiles(pattern)
    const problem = checkRegex(pattern)
    if (engineSays !== expected || (problem === null) !== expected)
      wrong.push({ pattern, expected, engineSays, problem })
  }
  expect(wrong).toEqual([])
  expect(SLIPS.filter((pattern) => checkRegex(pattern) === null)).toEqual([])
})
