import { roleProcess } from '../fixtures/product-process'
import { expect, test } from '../fixtures/test'
import { SearchPage } from '../pages/search-page'
import { newTraceId, sendTrace } from '../pages/trace-data'

test('the engine is killed while somebody searches: the page recovers by itself, nothing acknowledged is lost', async ({
  page,
  otlpUrl,
  quietConsole,
}) => {
  // While the engine is away the browser logs each answer 503.
  quietConsole.allow(/503|Failed to load resource/)
  const traceId = newTraceId()
  await sendTrace(otlpUrl, traceId, [{ id: 1, name: 'acknowledged before the crash', service: 'crash-test' }])

  const search = new SearchPage(page)
  await search.openWithRows('traces')
  const before = roleProcess('engine')
  process.kill(before, 'SIGKILL')
  await search.search('service:crash-test')

  await expect(search.rows).toHaveCount(1, { timeout: 30_000 })
  await expect(search.rows.first()).toContainText('acknowledged before the crash')
  expect(roleProcess('engine')).not.toBe(before)

  const after = newTraceId()
  await sendTrace(otlpUrl, after, [{ id: 1, name: 'sent after the crash', service: 'crash-test' }])
  await search.search('service:crash-test "after the crash"')
  await expect(search.rows.first()).toContainText('sent after the crash')
})
