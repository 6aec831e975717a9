import { expect, it } from 'vitest'
import { writePreferences } from './preference-values'
import { readPreferences } from './read-preferences'

it('gives the defaults for a cookie that is missing, broken or somebody else’s', () => {
  const defaults = readPreferences(undefined)
  expect(defaults).toMatchObject({ theme: 'system', zone: 'local', facetsOpen: true })
  for (const cookie of ['%E0%A4%A', '{', '"text"', 'null', '[1]'])
    expect(readPreferences(cookie)).toEqual(defaults)
})

it('keeps what is valid beside what is not', () => {
  const cookie = encodeURIComponent(JSON.stringify({ theme: 'dark', facetsWidth: 99_999, zone: 'mars' }))
  expect(readPreferences(cookie)).toMatchObject({ theme: 'dark', facetsWidth: 260, zone: 'local' })
})

it('fits into a cookie, forgetting the oldest widths first', () => {
  const widths = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`attribute.number.${index}`, 100 + index]),
  )
  const text = writePreferences({ ...readPreferences(undefined), columnWidths: widths })
  expect(text.length).toBeLessThan(3500)
  const { columnWidths } = readPreferences(text)
  expect(columnWidths['attribute.number.199']).toBe(299)
  expect(columnWidths['attribute.number.0']).toBeUndefined()
})
