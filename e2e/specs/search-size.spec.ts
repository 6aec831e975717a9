import { gzipSync } from 'node:zlib'
import { expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'

const MOST_BYTES = 350_000

test('loads little JavaScript, and the charts only after the rows', async ({ page }) => {
  let rows = false
  const early = new Map<string, number>()
  const late: string[] = []
  await page.route('**/api/v1/search', async (route) => {
    // Whatever the page would load without waiting for the rows has time to.
    await page.waitForLoadState('networkidle')
    rows = true
    await route.continue()
  })
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch()
    const body = await response.body()
    if (rows) late.push(body.toString('utf8'))
    else early.set(route.request().url(), gzipSync(body, { level: 9 }).length)
    await route.fulfill({ response, body })
  })
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await search.histogram.locator('canvas').waitFor()
  const bytes = [...early.values()].reduce((all, size) => all + size, 0)
  expect(early.size).toBeGreaterThan(5)
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
  expect(late.some((code) => code.includes('echarts'))).toBe(true)
})
