import { expect, type Locator, type Page } from '@playwright/test'

/** The Trace page as a person sees it. */
export class TracePage {
  readonly tree: Locator
  readonly rows: Locator
  readonly span: Locator
  readonly log: Locator
  readonly searchBox: Locator

  constructor(readonly page: Page) {
    this.tree = page.getByRole('tree', { name: 'Spans' })
    this.rows = page.getByRole('treeitem')
    this.span = page.getByRole('complementary', { name: 'Span' })
    this.log = page.getByRole('complementary', { name: 'Log' })
    this.searchBox = page.getByRole('textbox', { name: 'Search in trace' })
  }

  async open(traceId: string, query = ''): Promise<void> {
    await this.page.goto(`/trace/${traceId}${query}`)
    await expect(this.rows.first()).toBeVisible()
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text })
  }

  /** Names of the rows on the screen, top to bottom. */
  async names(): Promise<string[]> {
    return this.rows.evaluateAll((rows) =>
      rows
        .map((row) => ({
          top: row.getBoundingClientRect().top,
          text: row.firstElementChild?.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    )
  }

  async tab(name: 'Waterfall' | 'Logs' | 'JSON'): Promise<void> {
    await this.page.getByRole('tab', { name }).first().click()
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }
}
