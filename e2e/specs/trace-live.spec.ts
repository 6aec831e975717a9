import { expect, test } from '../fixtures/test'
import { newTraceId, sendTrace } from '../pages/trace-data'
import { TracePage } from '../pages/trace-page'

test('a young trace grows by itself, and stays as the person left it', async ({ page, otlpUrl }) => {
  const traceId = newTraceId()
  const originMs = Date.now() - 1000
  const early = { id: 2, parent: 1, name: 'early bird', startMs: 100, durationMs: 50 }
  await sendTrace(
    otlpUrl,
    traceId,
    [early, { id: 3, parent: 2, name: 'its child', startMs: 110 }],
    [],
    originMs,
  )
  const trace = new TracePage(page)
  await trace.open(traceId)
  await expect(page.getByText('spans may still arrive')).toBeVisible()
  await expect(trace.row('missing parent')).toBeVisible()
  await trace.row('early bird').click()
  await trace.press('ArrowLeft')
  await expect(trace.row('its child')).toHaveCount(0)
  await sendTrace(otlpUrl, traceId, [{ id: 1, name: 'late root', durationMs: 400 }], [], originMs)
  await expect(trace.row('late root')).toBeVisible()
  await expect(trace.row('missing parent')).toHaveCount(0)
  await expect(trace.row('its child')).toHaveCount(0)
  await expect(trace.row('early bird')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('late root')
})

test('says when a trace is larger than a page holds', async ({ page, otlpUrl }) => {
  const traceId = newTraceId()
  await sendTrace(otlpUrl, traceId, [{ id: 1, name: 'root' }])
  // A quarter of a million spans take minutes to send; the notice only needs an answer that was cut.
  await page.route(/view=skeleton/, async (route) => {
    const response = await route.fetch()
    const body = (await response.json()) as Record<string, unknown>
    await route.fulfill({ response, json: { ...body, truncated: true, spanCount: 300_000 } })
  })
  const trace = new TracePage(page)
  await trace.open(traceId)
  await expect(page.getByText('1 of 300,000 spans')).toBeVisible()
})

test('Enter goes to the first match, even before the server has answered', async ({ page, otlpUrl }) => {
  const traceId = newTraceId()
  await sendTrace(otlpUrl, traceId, [
    { id: 1, name: 'root', durationMs: 100 },
    { id: 2, parent: 1, name: 'plain' },
    { id: 3, parent: 1, name: 'carrier', attributes: { 'order.secret': 'haystack-needle' } },
  ])
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/api/v1/search', async (route) => {
    await held
    await route.continue()
  })
  const trace = new TracePage(page)
  await trace.open(traceId)
  await trace.press('/')
  await page.keyboard.type('order.secret:"haystack-needle"')
  await trace.press('Enter')
  release()
  await expect(page.getByRole('status').filter({ hasText: '1 / 1' })).toBeVisible()
})
