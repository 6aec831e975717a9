import { expect, test } from 'vitest'
import { completionContext } from './completion-context'

/** `|` is the cursor. The prefix is what stands before it; from/to is what a completion replaces. */
const CASES: readonly (readonly [
  text: string,
  kind: string,
  field: string | undefined,
  prefix: string,
  replaced: string,
])[] = [
  ['|', 'field', undefined, '', ''],
  ['Serv|', 'field', undefined, 'Serv', 'Serv'],
  ['Se|rv', 'field', undefined, 'Se', 'Serv'],
  ['Serv|:x', 'field', undefined, 'Serv', 'Serv'],
  ['ServiceName:|', 'value', 'ServiceName', '', ''],
  ['ServiceName:ca|', 'value', 'ServiceName', 'ca', 'ca'],
  ['ServiceName:"ca|', 'value', 'ServiceName', 'ca', '"ca'],
  ['ServiceName:"ca|rt"', 'value', 'ServiceName', 'ca', '"cart"'],
  ['a\\:b:x|', 'value', 'a:b', 'x', 'x'],
  ['Duration:>|', 'value', 'Duration', '', ''],
  ['f:(a OR |', 'value', 'f', '', ''],
  ['f:(|', 'value', 'f', '', ''],
  ['f:(a (b |))', 'value', 'f', '', ''],
  ['f:(a) |', 'operator', undefined, '', ''],
  ['a |', 'operator', undefined, '', ''],
  ['"x y" |', 'operator', undefined, '', ''],
  ['a AND |', 'field', undefined, '', ''],
  ['a AN|', 'field', undefined, 'AN', 'AN'],
  ['a AND|', 'operator', undefined, 'AND', 'AND'],
  ['-|', 'field', undefined, '-', '-'],
  ['-Serv|', 'field', undefined, 'Serv', 'Serv'],
  ['(|', 'field', undefined, '', ''],
  ['(a)|', 'operator', undefined, '', ''],
]

test.each(CASES)('%s', (marked, kind, field, prefix, replaced) => {
  const position = marked.indexOf('|')
  const text = marked.replace('|', '')
  const context = completionContext(text, position)
  expect(context).toMatchObject({ kind, prefix })
  expect(context.field).toBe(field)
  expect(text.slice(context.from, context.to)).toBe(replaced)
})
