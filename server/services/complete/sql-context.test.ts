import { describe, expect, it } from 'vitest'
import { sqlContext } from './sql-context'

const at = (text: string) => {
  const position = text.indexOf('|')
  return sqlContext(text.replace('|', ''), position)
}

describe('what a condition in SQL asks for', () => {
  it.each([
    ['Dur|', 'column', '', 'Dur', 0, 3],
    ['Duration > 5 AND Serv|ice', 'column', '', 'Serv', 17, 24],
    ["SpanAttributes['http.|", 'key', 'SpanAttributes', 'http.', 16, 21],
    ["SpanAttributes['http.|'] = ''", 'key', 'SpanAttributes', 'http.', 16, 22],
    ["ServiceName = 'pay|'", 'value', 'ServiceName', 'pay', 15, 19],
    ["ServiceName IN ('cart', 'pay|", 'value', 'ServiceName', 'pay', 25, 28],
    ["SpanAttributes['a.b'] != '|", 'value', "SpanAttributes['a.b']", '', 26, 26],
    ["concat('|", 'none', '', '', 8, 8],
  ])('%s', (text, kind, field, prefix, from, to) => {
    expect(at(text)).toEqual({ kind, field, prefix, from, to })
  })
})
