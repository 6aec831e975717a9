import { axe, expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'
import { newTraceId, sendTrace, spanIdOf } from '../pages/trace-data'

test.describe('the trace of a record in the drawer of Search', () => {
  let traceId = ''
  test.beforeEach(async ({ otlpUrl }) => {
    traceId = newTraceId()
    const service = 'drawer-e2e'
    await sendTrace(
      otlpUrl,
      traceId,
      [
        { id: 1, name: 'root of the drawer', service, durationMs: 300 },
        { id: 2, parent: 1, name: 'middle', service, startMs: 20, durationMs: 200 },
        { id: 3, parent: 2, name: 'leaf', service, startMs: 40, durationMs: 100, error: 'no' },
      ],
      [
        { span: 1, atMs: 5, body: 'said by the root' },
        { span: 3, atMs: 50, body: 'said by the leaf', severity: 'ERROR' },
      ],
    )
  })

  test('is a small waterfall whose rows open the Trace page', async ({ page }) => {
    const search = new SearchPage(page)
    await search.openWithRows('traces', { q: `TraceId:${traceId} SpanName:middle` })
    await search.cell(0, 'SpanName').click()
    await search.tab('Trace').click()
    const rows = search.record.getByRole('treeitem')
    await expect(rows).toHaveCount(5)
    await expect(rows.filter({ hasText: 'middle' })).toHaveAttribute('aria-selected', 'true')
    await expect(search.record.getByText('3 spans')).toBeVisible()
    await expect(search.record.getByText('1 error', { exact: false })).toBeVisible()
    await axe(page)
    await rows.filter({ hasText: 'leaf' }).first().click()
    await expect(page).toHaveURL(new RegExp(`/trace/${traceId}\\?span=${spanIdOf(3)}`))
    await expect(
      page.getByRole('complementary', { name: 'Span' }).getByRole('heading', { level: 2 }),
    ).toHaveText('leaf')
  })

  test('has its logs, whichever of its spans said them', async ({ page }) => {
    const search = new SearchPage(page)
    await search.openWithRows('traces', { q: `TraceId:${traceId} SpanName:middle` })
    await search.cell(0, 'SpanName').click()
    await search.tab('Logs of this trace').click()
    await expect(search.record.getByText('said by the root')).toBeVisible()
    await expect(search.record.getByText('said by the leaf')).toBeVisible()
    await axe(page)
  })
})
