import { describe, expect, it } from 'vitest'
import { csvLine, csvRows } from './csv'
import { jsonRows } from './json'

describe('CSV', () => {
  it('quotes what needs it', () => {
    expect(csvLine(['a', 'b,c', 'say "hi"', 'two\nlines', 1, null, { k: 1 }])).toBe(
      'a,"b,c","say ""hi""","two\nlines",1,,"{""k"":1}"\r\n',
    )
  })
  it('does not let a spreadsheet run telemetry', () => {
    expect(csvLine(['=HYPERLINK("x")', '-5', '+cmd', '@a', -5])).toBe(
      '"\'=HYPERLINK(""x"")",-5,\'+cmd,\'@a,-5\r\n',
    )
  })
  it('writes rows in the order of the columns', () => {
    expect(csvRows(['b', 'a', 'toString'], [{ a: 1, b: 2 }])).toBe('2,1,\r\n')
  })
})

it('joins batches of JSON into one list', () => {
  const text = `[${jsonRows(['a'], [{ _id: 'x', a: 1 }, { a: 2 }], true)}${jsonRows(['a'], [{}], false)}]`
  expect(JSON.parse(text)).toEqual([{ a: 1 }, { a: 2 }, { a: null }])
})
