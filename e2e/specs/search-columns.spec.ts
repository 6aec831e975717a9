import { expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'

test('moves a column by dragging its head, and keeps the order in the address', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('logs')
  await search.headButton('Service').dragTo(search.headButton('Severity'))
  await expect.poll(() => search.params().get('cols')).toBe('Timestamp,ServiceName,SeverityText,Body')
  await page.reload()
  await expect(page.getByRole('columnheader').nth(1)).toContainText('Service')
})

test('resizes a column with the pointer and with keys, and remembers the width', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('logs')
  const width = async () => (await search.head('Service').boundingBox())?.width ?? 0
  const before = await width()
  const edge = page.getByRole('separator', { name: 'Width of Service' })
  const box = await edge.boundingBox()
  if (!box) throw new Error('the edge has no place')
  await page.mouse.move(box.x + 3, box.y + 8)
  await page.mouse.down()
  await page.mouse.move(box.x + 63, box.y + 8, { steps: 3 })
  await page.mouse.up()
  await expect.poll(width).toBe(before + 60)
  await edge.press('ArrowLeft')
  await expect.poll(width).toBe(before + 44)
  await page.reload()
  await search.rows.first().waitFor()
  expect(await width()).toBe(before + 44)
})

test('adds an attribute as a column, removes it, and goes back to the usual ones', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { q: 'service:payment kind:server' })
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('textbox', { name: /Find a column/ }).fill('cloud.region')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(search.head('cloud.region')).toBeVisible()
  await expect.poll(async () => (await search.column('cloud.region')).every((text) => text !== '')).toBe(true)
  await search.head('cloud.region').hover()
  await page.getByRole('button', { name: 'Remove column cloud.region' }).click()
  await expect(search.head('cloud.region')).toHaveCount(0)
  await expect.poll(() => search.params().get('cols')).toBeNull()
})
