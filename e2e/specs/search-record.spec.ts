import { axe, expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'

test('opens a span in the drawer, moves with j and k, and closes with Esc', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces')
  await search.cell(2, 'SpanName').click()
  await expect(search.record).toBeVisible()
  await expect(search.rows.nth(2)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('j')
  await expect(search.rows.nth(3)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('k')
  await expect(search.rows.nth(2)).toHaveAttribute('aria-selected', 'true')
  await axe(page)
  await page.keyboard.press('Escape')
  await expect(search.record).toBeHidden()
  await expect.poll(() => search.params().get('row')).toBeNull()
})

test('shows the trace, its logs, the attributes, the surroundings and the JSON of a span', async ({
  page,
}) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { q: 'service:checkout kind:server' })
  await search.cell(0, 'SpanName').click()
  await search.tab('Trace').click()
  await expect(search.record.getByText(/\d+ spans/).first()).toBeVisible()
  await search.tab('Logs of this trace').click()
  await expect(search.record.getByRole('listitem').first()).toBeVisible()
  await search.tab('Surrounding events').click()
  await expect(search.record.locator('[aria-current="true"]')).toBeVisible()
  await search.tab('JSON').click()
  await expect(search.record.getByText('"ServiceName": "checkout"')).toBeVisible()
  await search.tab('Attributes').click()
  await search.record.getByRole('textbox', { name: 'Search attributes' }).fill('service.version')
  await expect(search.record.getByText('service.version', { exact: true })).toBeVisible()
})

test('makes a filter and a column of an attribute', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { q: 'service:payment kind:server' })
  await search.cell(0, 'SpanName').click()
  const row = search.record.locator('dl > div').filter({ hasText: /^cloud\.region/ })
  await row.hover()
  await row.getByRole('button', { name: 'Add column cloud.region' }).click()
  await expect(page.getByRole('columnheader', { name: /cloud\.region/ })).toBeVisible()
  await row.hover()
  await row.getByRole('button', { name: 'Only cloud.region like this' }).click()
  await expect(
    page.getByRole('button', { name: /^Remove filter ResourceAttributes\.cloud\.region is/ }),
  ).toBeVisible()
})

test('goes from a log to its trace at its span', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('logs', { q: 'service:payment' })
  await search.cell(0, 'Body').click()
  const link = search.record.getByRole('link', { name: 'Open trace' })
  await expect(link).toHaveAttribute('href', /^\/trace\/[0-9a-f]{32}\?span=[0-9a-f]{16}$/)
  await link.click()
  await expect(page).toHaveURL(/\/trace\/[0-9a-f]{32}/)
})

test('has no grave accessibility fault in any tab of the drawer', async ({ page }) => {
  const search = new SearchPage(page)
  await search.openWithRows('traces', { q: 'service:checkout kind:server' })
  await search.cell(0, 'SpanName').click()
  for (const name of [
    'Overview',
    'Trace',
    'Logs of this trace',
    'Attributes',
    'Surrounding events',
    'JSON',
  ]) {
    await search.tab(name).click()
    await expect(search.record.getByRole('tabpanel', { name })).not.toBeEmpty()
    await axe(page, 'aside[aria-label="Record"]')
  }
})
