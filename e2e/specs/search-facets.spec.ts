import { expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'

test('shows more values of a facet, and fewer again', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  const values = search.facet('SpanName').getByRole('listitem')
  await expect(values).toHaveCount(6)
  await search.facet('SpanName').getByRole('button', { name: 'More' }).click()
  await expect.poll(() => values.count()).toBeGreaterThan(20)
  await search.facet('SpanName').getByRole('button', { name: 'Less' }).click()
  await expect(values).toHaveCount(6)
})

test('searches inside a facet', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  const facet = search.facet('ServiceName')
  await facet.hover()
  await facet.getByRole('button', { name: 'Search in ServiceName' }).click()
  await facet.getByRole('textbox', { name: 'Search values of ServiceName' }).fill('curr')
  await expect(facet.getByRole('listitem')).toHaveCount(1)
  await expect(facet.getByRole('listitem')).toContainText('currency')
  await facet.getByRole('textbox').fill('no such service')
  await expect(facet.getByText('No such value')).toBeVisible()
})
