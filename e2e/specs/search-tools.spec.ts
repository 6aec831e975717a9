import { readFile } from 'node:fs/promises'
import { axe, expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'

test('switches to logs and keeps text, time and shared filters', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { from: 'now-15m', filters: '{"ServiceName":{"in":["payment"]}}' })
  await page.getByRole('radio', { name: 'Logs' }).click()
  await expect(search.head('Body')).toBeVisible()
  expect(search.params().get('from')).toBe('now-15m')
  await expect.poll(async () => new Set(await search.column('ServiceName'))).toEqual(new Set(['payment']))
  await axe(page)
})

test('takes a typed time range and an absolute one', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await page.getByRole('button', { name: /Last 30 min/ }).click()
  await page.getByRole('textbox', { name: 'Type a time range' }).fill('last 2h')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /Last 2 h/ })).toBeVisible()
  expect(search.params().get('from')).toBe('now-2h')
  await page.keyboard.press('t')
  await page.getByRole('textbox', { name: 'Type a time range' }).fill('2026-01-01 09:00 to 10:00')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /No spans in 1 Jan 09:00/ })).toBeVisible()
  await page.getByRole('button', { name: 'Go to the nearest match' }).click()
  await expect(search.rows.first()).toBeVisible()
})

test('streams new records while Live is on', async ({ page }) => {
  const search = new SearchPage(page)
  await search.open('traces', { live: 'true' })
  await expect(search.rows.first()).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Paused')).toBeVisible()
  await page.getByRole('button', { name: 'Live', exact: true }).click()
  await expect.poll(() => search.params().get('live')).toBeNull()
})

test('exports all rows of a search as CSV', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('logs', { q: 'level:error' })
  const started = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'CSV, these columns' }).click()
  const text = await readFile(await (await started).path(), 'utf8')
  expect(text.split('\r\n')[0]).toBe('Timestamp,SeverityText,ServiceName,Body')
  expect(text).toContain(',ERROR,')
})

test('shows the SQL behind the numbers', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await page.getByRole('button', { name: 'SQL', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'SQL that ran' })).toContainText('SELECT')
})

test('goes to a service and lists the keys', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Next record')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Go to' }).fill('currency')
  await expect(page.getByRole('option', { name: 'currency' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove filter ServiceName is currency' })).toBeVisible()
})

test('remembers the theme', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Light' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})
