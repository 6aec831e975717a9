import path from 'node:path'
import { expect, THEMES, test } from '../fixtures/test'

/** `npm run screenshots`: the pictures of README and docs, in both themes. */
const folder = path.join(import.meta.dirname, '../../docs/screenshots')

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme })

    test('search and trace', async ({ page }) => {
      await page.goto('/search?source=traces')
      await expect(page.getByRole('row').nth(10)).toBeVisible()
      await page.screenshot({ path: path.join(folder, `search-${theme}.png`) })
    })
  })
}
