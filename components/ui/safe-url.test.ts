import { expect, it } from 'vitest'
import { safeUrl } from './safe-url'

it('links to the web and nothing else', () => {
  expect(safeUrl('https://a.example/x?y=1')).toBe('https://a.example/x?y=1')
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    ' https://a.b',
    'https://a b',
    'see https://a.b',
    '',
    '//a.b',
  ]) {
    expect(safeUrl(text), text).toBeNull()
  }
})
