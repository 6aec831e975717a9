import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, THEMES, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'
import { TracePage } from '../pages/trace-page'

/** `npm run screenshots`: the pictures of README and docs, in both themes. */
const folder = path.join(import.meta.dirname, '../../docs/screenshots')

/** What the demo's incident is about: one card type fails in one region. */
const INCIDENT = 'service:payment payment.card.type:visa cloud.region:eu-west-1'

interface FoundSpan {
  TraceId: string
  SpanId: string
}

/** The newest spans that a search finds in the demo telemetry, old enough to be complete. */
async function find(page: Page, query: string, limit = 50): Promise<FoundSpan[]> {
  const response = await page.request.post('/api/v1/search', {
    data: { source: 'traces', query, from: 'now-1h', to: 'now-2m', columns: ['TraceId', 'SpanId'], limit },
  })
  expect(response.ok()).toBe(true)
  const { rows } = (await response.json()) as { rows: FoundSpan[] }
  return rows
}

/** The one of these spans whose trace has about as many spans as fit on a picture. */
async function readable(page: Page, spans: readonly FoundSpan[], most: number): Promise<FoundSpan> {
  let best: { span: FoundSpan; count: number } | undefined
  for (const span of spans.slice(0, 12)) {
    const response = await page.request.get(`/api/v1/traces/${span.TraceId}?view=skeleton`)
    const { spanCount, logs } = (await response.json()) as { spanCount: number; logs: unknown[] }
    const count = spanCount + logs.length
    if (count <= most && (!best || count > best.count)) best = { span, count }
  }
  const chosen = best?.span ?? spans[0]
  if (!chosen) throw new Error('the demo telemetry has no such span')
  return chosen
}

/** Fonts and service colours are there, and nothing is being fetched or animated any more. */
async function save(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('networkidle')
  await page.mouse.move(24, 600)
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' })
}

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme })

    test('search', async ({ page }) => {
      const search = new SearchPage(page)
      // A busy machine gives facets from a sample: a picture is worth another try.
      await expect(async () => {
        await search.openWithRows('traces', {
          q: `${INCIDENT} kind:server`,
          from: 'now-30m',
          to: 'now',
          sort: 'Duration:desc',
        })
        await expect(search.facet('StatusCode').getByRole('listitem').first()).toBeVisible()
        await expect(search.facets.getByText('Estimates from a sample')).toHaveCount(0, { timeout: 100 })
      }).toPass({ timeout: 50_000 })
      await expect(search.rows.nth(12)).toBeVisible()
      await expect(search.histogram).toBeVisible()
      await save(page, `search-${theme}`)
    })

    test('logs', async ({ page }) => {
      const search = new SearchPage(page)
      await search.openWithRows('logs', {
        q: INCIDENT,
        from: 'now-30m',
        to: 'now',
      })
      await search.rows.filter({ hasText: 'ERROR' }).first().locator('td[data-field="ServiceName"]').click()
      await expect(search.record.getByRole('tab', { name: 'Attributes' })).toBeVisible()
      await expect(search.histogram).toBeVisible()
      await expect(search.facets.getByRole('listitem').first()).toBeVisible()
      await save(page, `logs-${theme}`)
    })

    test('trace', async ({ page }) => {
      const spans = await find(page, 'service:payment status:error kind:server')
      const { TraceId, SpanId } = await readable(page, spans, 28)
      const trace = new TracePage(page)
      await trace.open(TraceId, `?span=${SpanId}`)
      await expect(trace.span.getByText(/stack|at /i).first()).toBeVisible()
      await save(page, `trace-${theme}`)
    })

    test('GenAI trace', async ({ page }) => {
      const spans = await find(page, 'service:tfy-llm-gateway gen_ai.operation.name:chat')
      const { TraceId, SpanId } = await readable(page, spans, 28)
      const trace = new TracePage(page)
      await trace.open(TraceId, `?span=${SpanId}`)
      await expect(trace.span.getByRole('region', { name: 'GenAI' })).toBeVisible()
      await save(page, `trace-llm-${theme}`)
    })
  })
}
