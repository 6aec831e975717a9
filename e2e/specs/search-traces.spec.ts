import { axe, expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'

test('finds the spans of one service with the facet, and takes the filter away again', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await search
    .facetValue('ServiceName', 'payment')
    .getByRole('button', { name: /payment/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: 'Remove filter ServiceName is payment' })).toBeVisible()
  await expect.poll(async () => new Set(await search.column('ServiceName'))).toEqual(new Set(['payment']))
  // Its own filter is left out of its own counts: the other services can still be chosen.
  await expect(search.facetValue('ServiceName', 'checkout')).toBeVisible()
  await page.getByRole('button', { name: 'Remove filter ServiceName is payment' }).click()
  await expect.poll(async () => new Set(await search.column('ServiceName')).size).toBeGreaterThan(1)
})

test('excludes a value, and narrows to only one', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  const gateway = search.facetValue('ServiceName', 'gateway').first()
  await gateway.hover()
  await page.getByRole('button', { name: 'Exclude ServiceName gateway', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Remove filter ServiceName not gateway' })).toBeVisible()
  await expect.poll(async () => (await search.column('ServiceName')).includes('gateway')).toBe(false)
  await search.facetValue('ServiceName', 'checkout').hover()
  await page.getByRole('button', { name: 'Only ServiceName checkout' }).click()
  await expect.poll(async () => new Set(await search.column('ServiceName'))).toEqual(new Set(['checkout']))
})

test('runs what is typed, keeps it in the address, and survives a reload', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await search.search('service:payment status:error')
  await expect.poll(() => search.params().get('q')).toBe('service:payment status:error')
  await expect.poll(async () => new Set(await search.column('StatusCode'))).toEqual(new Set(['Error']))
  await page.reload()
  await expect(search.query).toHaveText('service:payment status:error')
  await expect.poll(async () => new Set(await search.column('ServiceName'))).toEqual(new Set(['payment']))
})

test('completes a field and its value', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await search.type('service:check')
  await expect(page.getByRole('option', { name: /checkout/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(search.query).toContainText('checkout')
  await expect(page.getByRole('listbox')).toBeHidden()
})

test('underlines a mistake and says what to do', async ({ page, quietConsole }) => {
  quietConsole.allow(/400 \(Bad Request\)/)
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await search.search('status:error AND (duration:>1s')
  await expect(page.locator('.cm-wrong-error').first()).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'not closed' })).toBeVisible()
})

test('shows root spans only', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { cols: 'SpanName,ParentSpanId' })
  await page.getByRole('radio', { name: 'Root spans' }).click()
  await expect.poll(() => search.params().get('root')).toBe('true')
  await expect.poll(async () => new Set(await search.column('ParentSpanId'))).toEqual(new Set(['']))
})

test('sorts by duration, and pages on at the end of the list', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await search
    .head('Duration')
    .getByRole('button', { name: /^Duration/ })
    .first()
    .click()
  await expect(search.head('Duration')).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(() => search.params().get('sort')).toBe('Duration:desc')
  await search.head('Time').getByRole('button', { name: /^Time/ }).first().click()
  await search.rows.first().waitFor()
  const grid = page.getByRole('grid')
  const loaded = async () => Number(await grid.getAttribute('aria-rowcount'))
  await expect.poll(loaded).toBe(201)
  await grid.evaluate((element) => element.parentElement?.scrollTo(0, 200 * 28))
  await expect.poll(loaded).toBeGreaterThan(201)
})

test('drags over the histogram to narrow the time', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await search.histogram.locator('canvas').waitFor()
  const box = await search.histogram.boundingBox()
  if (!box) throw new Error('the histogram has no place')
  await page.mouse.move(box.x + box.width * 0.4, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => search.params().get('from')).toMatch(/^\d{4}-\d{2}-\d{2}T/)
  await search.rows.first().waitFor()
})

test('shows rows while histogram and facets are still held back', async ({ page }) => {
  const held: (() => void)[] = []
  for (const call of ['histogram', 'facets']) {
    await page.route(`**/api/v1/${call}`, async (route) => {
      await new Promise<void>((resolve) => held.push(resolve))
      await route.continue()
    })
  }
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await expect(search.facet('ServiceName')).toHaveCount(0)
  for (const release of held) release()
  await expect(search.facet('ServiceName')).toBeVisible()
  await expect(search.histogram).toBeVisible()
})

test('has no grave accessibility fault', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await search.histogram.locator('canvas').waitFor()
  await expect(search.facet('ServiceName')).toBeVisible()
  await axe(page)
})
