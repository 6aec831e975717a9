import { expect, it } from 'vitest'
import { matchesKeys } from './hotkeys'

const press = (
  key: string,
  held: Partial<Record<'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

it('takes ⌘ and Ctrl as one, and shift as part of a character', () => {
  expect(matchesKeys(press('k', { metaKey: true }), 'mod+k')).toBe(true)
  expect(matchesKeys(press('k', { ctrlKey: true }), 'mod+k')).toBe(true)
  expect(matchesKeys(press('?', { shiftKey: true }), '?')).toBe(true)
  expect(matchesKeys(press('j'), 'j')).toBe(true)
})

it('leaves the keys of the browser alone', () => {
  expect(matchesKeys(press('r', { ctrlKey: true }), 'r')).toBe(false)
  expect(matchesKeys(press('f', { altKey: true }), 'f')).toBe(false)
  expect(matchesKeys(press('k'), 'mod+k')).toBe(false)
  expect(matchesKeys(press('Escape', { shiftKey: true }), 'Escape')).toBe(false)
})
