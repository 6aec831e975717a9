import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from './fixtures/browser'

const browser = await findBrowser()

export default defineConfig({
  outputDir: '../test-results/e2e',
  globalSetup: './fixtures/start-product.ts',
  // One product with one engine serves all tests, on a machine of two cores.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes only on its second try is listed as flaky; it does not stop a landing.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: browser,
  },
  projects: [
    { name: 'flows', testDir: './specs' },
    // Kills the engine that the others need, so it comes last.
    { name: 'e2e', testDir: './outages', dependencies: ['flows'] },
    { name: 'screenshots', testDir: './screenshots' },
  ],
})
