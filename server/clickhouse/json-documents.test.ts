import { expect, it } from 'vitest'
import { readJsonCompact } from './json-documents'

const document = (rows: unknown[][], read: number) =>
  `${JSON.stringify({ meta: [{ name: 'n', type: 'String' }], data: rows, rows: rows.length, statistics: { elapsed: 0.1, rows_read: read, bytes_read: read } }, null, '\t')}\n`

it('reads one document as it is', () => {
  expect(readJsonCompact(document([['a']], 5)).data).toEqual([['a']])
})

it('joins the documents of a result of several blocks, whatever the text in them', () => {
  const answer = readJsonCompact(
    document([['\n}\n{']], 3) + document([['b'], ['c']], 9) + document([['d']], 0),
  )
  expect(answer.data).toEqual([['\n}\n{'], ['b'], ['c'], ['d']])
  expect(answer).toMatchObject({ statistics: { rows_read: 9 } })
})
