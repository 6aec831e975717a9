import type { RunningProduct } from '../fixtures/run-product'
import { runProduct } from '../fixtures/run-product'
import { axe, expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'
import { newTraceId, sendTrace } from '../pages/trace-data'

/** A product of its own for each test: what is empty can be filled only once. */
const emptyTest = test.extend<{ product: RunningProduct }>({
  product: async ({ browserName: _ }, use) => {
    const product = await runProduct([], [/Web UI/])
    await use(product)
    await product.stop()
  },
  baseURL: async ({ product }, use) => use(product.url),
})

emptyTest(
  'an empty database says how to send, and turns into results when the first span arrives',
  async ({ page, product }) => {
    const search = new SearchPage(page)
    await search.open('traces')
    await expect(page.getByRole('heading', { name: 'Waiting for the first span' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'OTLP over HTTP' })).toContainText(
      new URL(product.otlpUrl).port,
    )
    for (const name of ['Node.js', 'Python', 'Go', 'Java', 'curl', 'Collector']) {
      await page.getByRole('tab', { name }).click()
      await expect(page.getByRole('tabpanel', { name })).toContainText('localhost:')
    }
    await axe(page)
    await sendTrace(product.otlpUrl, newTraceId(), [{ id: 1, name: 'the very first', service: 'my-app' }])
    await expect(search.rows.first()).toContainText('the very first')
    await expect(search.total).toHaveText('1')
  },
)

emptyTest('loads demo data with a click', async ({ page }) => {
  const search = new SearchPage(page)
  await search.open('traces')
  await page.getByRole('button', { name: 'Load demo data' }).click()
  await expect(search.rows.first()).toBeVisible({ timeout: 30_000 })
  await expect(search.facetValue('ServiceName', 'catalogue')).toBeVisible()
})
