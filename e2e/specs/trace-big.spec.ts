import { expect, test } from '../fixtures/test'
import { newTraceId, sendTrace, type TestSpan } from '../pages/trace-data'
import { TracePage } from '../pages/trace-page'

const SPANS = 50_000

test('opens 50,000 spans, scrolls to the last and closes all', async ({ page, otlpUrl }) => {
  test.setTimeout(180_000)
  const traceId = newTraceId()
  const spans = Array.from(
    { length: SPANS },
    (_, i): TestSpan => ({
      id: i + 1,
      parent: i === 0 ? 0 : Math.floor((i - 1) / 4) + 1,
      name: `step ${i % 40}`,
      service: `big-${i % 8}`,
      startMs: i * 0.05,
      durationMs: i === 0 ? 3000 : 20,
    }),
  )
  await sendTrace(otlpUrl, traceId, spans)
  const trace = new TracePage(page)
  await expect(async () => {
    await trace.open(traceId)
    await expect(page.getByText('50,000', { exact: true })).toBeVisible({ timeout: 5000 })
  }).toPass({ timeout: 60_000 })
  expect(await trace.rows.count()).toBeLessThan(80)
  await trace.press('End')
  await expect(trace.rows.first()).toHaveAttribute('aria-level', /\d+/)
  await expect(async () => {
    const top = await trace.tree.evaluate((tree) => tree.parentElement?.scrollTop ?? 0)
    expect(top).toBeGreaterThan(1_000_000)
  }).toPass()
  await page.getByRole('button', { name: 'Close all' }).click()
  await expect(trace.rows).toHaveCount(5)
  await trace.press('Home', 'ArrowLeft')
  await expect(trace.rows).toHaveCount(1)
  await expect(trace.rows.first()).toContainText('49999')
})
