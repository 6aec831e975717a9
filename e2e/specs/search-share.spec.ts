import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('shares a link that shows the same rows in another tab', async ({ page, context }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { q: 'service:payment status:error' })
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('menuitem', { name: 'Copy link with fixed times' }).click()
  await expect(page.getByText('Link with fixed times copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(new URL(link).searchParams.get('from')).toMatch(/^\d{4}-\d{2}-\d{2}T/)
  const other = new SearchPage(await context.newPage())
  await other.page.goto(link)
  await other.rows.first().waitFor()
  await expect(other.query).toHaveText('service:payment status:error')
  expect(await other.column('Timestamp')).toEqual(await search.column('Timestamp'))
})

test('exports all rows as JSON', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { q: 'service:payment status:error' })
  const started = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'JSON, with trace and span ids' }).click()
  const rows: unknown = JSON.parse(await readFile(await (await started).path(), 'utf8'))
  expect(rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ServiceName: 'payment', TraceId: expect.stringMatching(/^[0-9a-f]{32}$/) }),
    ]),
  )
})

test('remembers the time zone', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await page.keyboard.press('t')
  await page.getByRole('radio', { name: 'UTC' }).click()
  await page.keyboard.press('Escape')
  await page.reload()
  await search.rows.first().waitFor()
  await page.keyboard.press('t')
  await expect(page.getByRole('radio', { name: 'UTC' })).toBeChecked()
})

test('goes to a trace by its id', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { cols: 'TraceId,SpanName' })
  const traceId = (await search.column('TraceId'))[0] ?? ''
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Go to' }).fill(traceId)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/trace/${traceId}`))
})

test('pins the names of the rail', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await page.getByRole('button', { name: 'Pin the names' }).click()
  const rail = page.getByRole('navigation', { name: 'Main' })
  await expect(rail.getByText('Go to…')).toBeVisible()
  await expect(rail.getByRole('button')).toHaveCount(4)
  await page.reload()
  await expect(rail.getByText('Go to…')).toBeVisible()
  await page.getByRole('button', { name: 'Hide the names' }).click()
  await expect(rail.getByText('Go to…')).toBeHidden()
})
