import { axe, expect, THEMES, test, VIEWPORTS } from '../fixtures/test'
import { newTraceId, sendTrace, spanIdOf, type TestSpan } from '../pages/trace-data'
import { TracePage } from '../pages/trace-page'

const MARKUP = '<script>document.title="taken"</script><img src=x onerror=alert(1)>'

const CHECKOUT: TestSpan[] = [
  { id: 1, name: 'GET /checkout', service: 'web-e2e', durationMs: 500 },
  { id: 2, parent: 1, name: 'POST /api/checkout', service: 'gateway-e2e', startMs: 20, durationMs: 440 },
  {
    id: 3,
    parent: 2,
    name: 'charge card',
    service: 'payment-e2e',
    startMs: 60,
    durationMs: 300,
    error: 'card declined',
    attributes: { 'payment.card.type': 'visa', 'payment.hidden': 'needle-in-attributes' },
    exception: {
      type: 'IssuerTimeout',
      message: 'issuer did not answer',
      stacktrace: `IssuerTimeout: issuer did not answer\n    at charge (/app/charge.ts:118:9)\n${Array.from({ length: 5 }, (_, i) => `    at lib (/app/node_modules/x/${i}.js:1:1)`).join('\n')}`,
    },
    linkTo: 'f'.repeat(32),
  },
  { id: 4, parent: 1, name: 'render page', service: 'web-e2e', startMs: 470, durationMs: 20 },
]
const LOGS = [
  { span: 3, atMs: 100, severity: 'WARN', body: 'issuer is slow' },
  { span: 1, atMs: 5, body: 'checkout starts' },
] as const

test.describe('the waterfall', () => {
  let traceId = ''
  test.beforeEach(async ({ otlpUrl }) => {
    traceId = newTraceId()
    await sendTrace(otlpUrl, traceId, CHECKOUT, LOGS)
  })

  test('shows root, numbers, spans in order, and logs where they happened', async ({ page }) => {
    const trace = new TracePage(page)
    await trace.open(traceId)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('web-e2e GET /checkout')
    await expect(trace.rows).toHaveCount(6)
    const names = await trace.names()
    expect(names.map((name) => name.replace(/\s+/g, ' '))).toEqual([
      'web-e2e GET /checkout',
      'INFOcheckout starts',
      'gateway-e2e POST /api/checkout',
      'payment-e2e charge card',
      'WARNissuer is slow',
      'web-e2e render page',
    ])
    await page.keyboard.press('l')
    await expect(trace.rows).toHaveCount(4)
  })

  test('is walked by keyboard, and the address remembers the span', async ({ page }) => {
    const trace = new TracePage(page)
    await trace.open(traceId)
    await trace.press('l', 'ArrowDown', 'ArrowDown', 'Enter')
    await expect(trace.span.getByRole('heading', { level: 2 })).toHaveText('POST /api/checkout')
    await expect(page).toHaveURL(new RegExp(`span=${spanIdOf(2)}`))
    await trace.press(']')
    await expect(trace.span.getByRole('heading', { level: 2 })).toHaveText('render page')
    await trace.press('[', 'ArrowLeft')
    await expect(trace.row('charge card')).toHaveCount(0)
    await trace.press('e')
    await expect(trace.span.getByRole('heading', { level: 2 })).toHaveText('charge card')
    await expect(trace.row('charge card')).toHaveAttribute('aria-selected', 'true')
    await page.reload()
    await expect(trace.span.getByRole('heading', { level: 2 })).toHaveText('charge card')
    await trace.press('Escape')
    await expect(trace.span).toHaveCount(0)
    await expect(page).not.toHaveURL(/span=/)
  })

  test('explains a failed span: exception, attributes, logs, links, and where to look next', async ({
    page,
  }) => {
    const trace = new TracePage(page)
    await trace.open(traceId, `?span=${spanIdOf(3)}`)
    await expect(trace.span.getByText('card declined')).toBeVisible()
    await expect(trace.span.getByRole('heading', { name: 'IssuerTimeout' })).toBeVisible()
    await expect(trace.span.getByText('at charge (/app/charge.ts:118:9)')).toBeVisible()
    await trace.span.getByRole('button', { name: '5 library frames' }).click()
    await expect(trace.span.getByText('/app/node_modules/x/4.js')).toBeVisible()
    const include = trace.span.getByRole('link', { name: 'Search spans with this payment.card.type' })
    expect(decodeURIComponent((await include.getAttribute('href')) ?? '')).toContain('visa')
    await expect(trace.span.getByRole('link', { name: 'Find similar spans' })).toHaveAttribute(
      'href',
      /source=traces.*charge/,
    )
    await expect(trace.span.getByRole('link', { name: 'Logs around this span' })).toHaveAttribute(
      'href',
      /source=logs.*payment-e2e/,
    )
    await trace.span.getByRole('tab', { name: /Links/ }).click()
    await expect(trace.span.getByRole('link', { name: /ffffffff/ })).toHaveAttribute('href', /\/trace\/f{32}/)
    await trace.span.getByRole('tab', { name: /Logs/ }).click()
    await trace.span.getByRole('button', { name: /issuer is slow/ }).click()
    await expect(trace.log.getByText('issuer is slow')).toBeVisible()
    await trace.log.getByRole('button', { name: 'Open its span' }).click()
    await expect(trace.span.getByRole('heading', { level: 2 })).toHaveText('charge card')
  })

  test('finds spans by name at once and by attribute from the server', async ({ page }) => {
    const trace = new TracePage(page)
    await trace.open(traceId)
    await trace.press('/')
    await expect(trace.searchBox).toBeFocused()
    await page.keyboard.type('payment-e2e')
    await expect(page.getByRole('status').filter({ hasText: /^1$/ })).toBeVisible()
    await trace.searchBox.fill('payment.hidden:"needle-in-attributes"')
    await expect(page.getByRole('status').filter({ hasText: /^1$/ })).toBeVisible()
    await trace.press('Enter')
    await expect(page.getByRole('status').filter({ hasText: '1 / 1' })).toBeVisible()
    await expect(page).toHaveURL(/q=payment.hidden/)
    await trace.press('Escape')
    await expect(trace.searchBox).toHaveValue('')
  })

  test('zooms by key and by minimap, and comes back', async ({ page }) => {
    const trace = new TracePage(page)
    await trace.open(traceId)
    const hint = page.getByText('Drag in the minimap')
    await expect(hint).toBeVisible()
    await trace.press('ArrowDown', 'f')
    await expect(hint).toBeVisible()
    await trace.row('charge card').click()
    await trace.press('f')
    await expect(page.getByText(/ms of 500 ms, from/)).toBeVisible()
    await trace.press('f')
    await expect(hint).toBeVisible()
    const box = (await page.getByRole('img', { name: 'Minimap of the trace' }).boundingBox())!
    await page.mouse.move(box.x + box.width * 0.2, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 4 })
    await page.mouse.up()
    await expect(page.getByText(/ms of 500 ms, from/)).toBeVisible()
    await page.getByRole('button', { name: 'Whole trace' }).click()
    await expect(hint).toBeVisible()
  })

  test('has its logs in a tab, whose rows open the tree', async ({ page }) => {
    const trace = new TracePage(page)
    await trace.open(traceId)
    await trace.tab('Logs')
    await page.getByRole('button', { name: /issuer is slow/ }).click()
    await expect(trace.log.getByText('issuer is slow')).toBeVisible()
    await expect(trace.row('issuer is slow')).toHaveAttribute('aria-selected', 'true')
  })

  test('has its JSON, to read and to download', async ({ page }) => {
    const trace = new TracePage(page)
    await trace.open(traceId)
    await trace.tab('JSON')
    await expect(page.getByText(`"${traceId}"`).first()).toBeVisible()
    await expect(page.getByRole('link', { name: 'Download' })).toHaveAttribute(
      'download',
      `trace-${traceId}.json`,
    )
  })

  for (const theme of THEMES) {
    for (const viewport of VIEWPORTS) {
      test(`looks right and reads well in ${theme} at ${viewport.width}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: theme })
        await page.setViewportSize(viewport)
        const trace = new TracePage(page)
        await trace.open(traceId, `?span=${spanIdOf(3)}`)
        await expect(trace.span.getByRole('heading', { name: 'IssuerTimeout' })).toBeVisible()
        await page.screenshot({ path: `test-results/trace-${theme}-${viewport.width}.png` })
        await axe(page)
        await trace.tab('Logs')
        await axe(page)
      })
    }
  }
})

test('shows a broken trace as it is', async ({ page, otlpUrl }) => {
  const traceId = newTraceId()
  await sendTrace(otlpUrl, traceId, [
    { id: 1, name: 'root', durationMs: 100 },
    { id: 2, parent: 1, name: 'starts early', startMs: -30, durationMs: 20 },
    { id: 3, parent: 0xdead, name: 'orphan', startMs: 10 },
    { id: 4, parent: 4, name: 'own parent', startMs: 20 },
    { id: 5, parent: 6, name: 'circle one', startMs: 30 },
    { id: 6, parent: 5, name: 'circle two', startMs: 40 },
    { id: 7, parent: 1, name: 'twin one', startMs: 50 },
    { id: 7, parent: 1, name: 'twin two', startMs: 60 },
    {
      id: 8,
      parent: 1,
      name: MARKUP,
      startMs: 70,
      attributes: { evil: MARKUP, link: 'javascript:alert(1)' },
    },
    { id: 9, name: 'second root', startMs: 900 },
  ])
  const trace = new TracePage(page)
  await trace.open(traceId)
  await expect(trace.rows).toHaveCount(11)
  await expect(trace.row('missing parent')).toContainText('dead')
  await expect(trace.row('starts early').getByRole('img', { name: /clocks/ })).toBeVisible()
  await expect(trace.row('own parent').getByRole('img', { name: /circle/ })).toBeVisible()
  await trace.row('twin two').click()
  await expect(trace.span.getByRole('heading', { level: 2 })).toHaveText('twin two')
  await expect(trace.span.getByText('has the same span id')).toBeVisible()
  await trace.row('onerror').click()
  await expect(trace.span.getByText('javascript:alert(1)')).toBeVisible()
  await expect(trace.span.locator('a[href^="javascript"]')).toHaveCount(0)
  expect(await page.title()).not.toBe('taken')
})

test('reads a GenAI span as a conversation', async ({ page, otlpUrl }) => {
  const traceId = newTraceId()
  await sendTrace(otlpUrl, traceId, [
    {
      id: 1,
      name: 'chat gpt-4o-mini',
      service: 'llm-e2e',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o-mini',
        'gen_ai.usage.input_tokens': '1200',
        'gen_ai.usage.output_tokens': '33',
        'gen_ai.input.messages': JSON.stringify([
          { role: 'user', parts: [{ type: 'text', content: `Is it fraud? ${MARKUP}` }] },
        ]),
        'gen_ai.output.messages': JSON.stringify([
          {
            role: 'assistant',
            parts: [{ type: 'tool_call', id: 'c1', name: 'lookup_bin', arguments: { bin: '4111' } }],
            finish_reason: 'tool_calls',
          },
        ]),
      },
    },
  ])
  const trace = new TracePage(page)
  await trace.open(traceId, `?span=${spanIdOf(1)}`)
  const section = trace.span.getByRole('region', { name: 'GenAI' })
  await expect(section.getByText('1,200')).toBeVisible()
  await expect(section.getByText('Is it fraud?')).toBeVisible()
  await expect(section.getByText('lookup_bin')).toBeVisible()
  await expect(section.getByText('"bin": "4111"')).toBeVisible()
  await axe(page)
})

test('says what to do when a trace is not there', async ({ page, quietConsole }) => {
  quietConsole.allow(/404/)
  await page.goto(`/trace/${newTraceId()}`)
  await expect(page.getByRole('heading', { name: 'No span of this trace is stored' })).toBeVisible()
  await axe(page)
  await page.goto('/trace/not-an-id')
  await expect(page.getByRole('heading', { name: 'This is not a trace id' })).toBeVisible()
})
