import type { Locator, Page } from '@playwright/test'

/** The Search page as a person sees it. */
export class SearchPage {
  readonly rows: Locator
  readonly query: Locator
  readonly facets: Locator
  readonly record: Locator
  readonly histogram: Locator
  readonly total: Locator

  constructor(readonly page: Page) {
    this.rows = page.locator('tr[data-row]')
    this.query = page.getByRole('textbox', { name: 'Search query' })
    this.facets = page.getByRole('complementary', { name: 'Facets' })
    this.record = page.getByRole('complementary', { name: 'Record' })
    this.histogram = page.getByRole('img', { name: /^Histogram/ })
    this.total = page.getByTestId('search-total')
  }

  async open(source: 'traces' | 'logs', params: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(`/search?${new URLSearchParams({ source, ...params })}`)
  }

  /** Opens it and waits for the first rows. */
  async openWithRows(
    source: 'traces' | 'logs',
    params: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await this.open(source, params)
    await this.rows.first().waitFor()
  }

  async type(text: string): Promise<void> {
    await this.query.click()
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.type(text)
  }

  async search(text: string): Promise<void> {
    await this.type(text)
    await this.page.keyboard.press('Enter')
  }

  facet(field: string): Locator {
    return this.facets.getByRole('region', { name: field, exact: true })
  }

  facetValue(field: string, value: string): Locator {
    return this.facet(field).getByRole('listitem').filter({ hasText: value })
  }

  /** Texts of one column in the rows on screen. */
  async column(field: string): Promise<string[]> {
    return this.page.locator(`tr[data-row] td[data-field="${field}"]`).allInnerTexts()
  }

  cell(row: number, field: string): Locator {
    return this.rows.nth(row).locator(`td[data-field="${field}"]`)
  }

  head(name: string): Locator {
    return this.page.getByRole('columnheader', { name: new RegExp(`^${name}`) })
  }

  /** What sorts the column when clicked, and moves it when dragged. */
  headButton(name: string): Locator {
    return this.head(name)
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .first()
  }

  tab(name: string): Locator {
    return this.record.getByRole('tab', { name, exact: true })
  }

  params(): URLSearchParams {
    return new URL(this.page.url()).searchParams
  }
}
