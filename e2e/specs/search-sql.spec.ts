import { expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'

test('runs a condition in SQL, with columns, keys and values completed', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { lang: 'sql' })
  await search.type('Serv')
  await page.getByRole('option', { name: 'ServiceName' }).click()
  await page.keyboard.type(" = 'pay")
  await page.getByRole('option', { name: 'payment' }).click()
  await page.keyboard.type(" AND SpanAttributes['payment.card")
  await page
    .getByRole('option', { name: /payment\.card/ })
    .first()
    .click()
  await page.keyboard.type(" != ''")
  await page.keyboard.press('Enter')
  await expect
    .poll(() => search.params().get('q'))
    .toMatch(/^ServiceName = 'payment' AND SpanAttributes\['payment\.card/)
  await expect.poll(async () => new Set(await search.column('ServiceName'))).toEqual(new Set(['payment']))
})

for (const { query, wrong, says } of [
  { query: 'Durations > 5', wrong: 'Durations', says: 'Did you mean Duration?' },
  { query: "ServiceName = 'cart' AND = 5", wrong: '=', says: 'cannot be read from' },
  { query: 'count() > 5', wrong: 'count', says: 'one record at a time' },
]) {
  test(`underlines what is wrong in SQL: ${query}`, async ({ page, quietConsole }) => {
    quietConsole.allow(/400 \(Bad Request\)/)
    const search = new SearchPage(page)
    await search.open('traces', { lang: 'sql', q: query })
    await expect(page.getByRole('alert').filter({ hasText: says })).toBeVisible()
    await expect(page.locator('.cm-wrong-error')).toHaveText(wrong)
  })
}
