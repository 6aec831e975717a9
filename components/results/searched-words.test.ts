import { expect, it } from 'vitest'
import { searchedWords } from './searched-words'

it.each([
  ['timeout "connection reset"', ['timeout', 'connection reset']],
  ['issuer OR level:error', ['issuer']],
  ['-noise kaboom', ['kaboom']],
  ['time*', ['time']],
  ['', []],
  ['(a b', []],
])('%s', (query, words) => {
  expect(searchedWords(query)).toEqual(words)
})
