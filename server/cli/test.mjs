// `npm test`: installs what it needs, then format, lint, types, unit, integration and browser tests, with durations.
// `npm run test:e2e` and `npm run screenshots` run only their part. `-- …` passes arguments on to Playwright.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { checkNode, ensureBuilt, ensureInstalled, root, spawnHere } from './bootstrap.mjs'

const results = path.join(root, 'test-results')
const bin = (name) => path.join(root, 'node_modules', '.bin', name)
const [mode = 'all', ...rest] = process.argv.slice(2)

checkNode()
ensureInstalled()
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const vitest = (project) => () =>
  spawnHere(bin('vitest'), [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report(project)}`,
  ])

const playwright = (project) => () => {
  ensureBuilt()
  return spawnHere(
    bin('playwright'),
    ['test', '--config', 'e2e/playwright.config.ts', '--project', project, ...rest],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report('e2e'),
    },
  )
}

const STEPS = {
  'format and lint': () => spawnHere(bin('biome'), ['ci', '--error-on-warnings', '.']),
  types: () => spawnHere(bin('next'), ['typegen']) || spawnHere(bin('tsc'), ['--noEmit']),
  unit: vitest('unit'),
  integration: vitest('integration'),
  e2e: playwright('e2e'),
}

const steps =
  mode === 'all'
    ? STEPS
    : mode === 'screenshots'
      ? { screenshots: playwright('screenshots') }
      : { [mode]: STEPS[mode] }
const times = []
let failedStep = null
for (const [name, step] of Object.entries(steps)) {
  const startedAt = Date.now()
  console.log(`\n── ${name}`)
  const code = step()
  times.push(`${name} ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  if (code !== 0) {
    failedStep = name
    break
  }
}

console.log(`\n${times.join(' · ')}`)
const { passed, failed } = totals()
if (failedStep) console.log(`stopped at: ${failedStep}`)
console.log(`${passed} passed, ${failed + (failedStep && failed === 0 ? 1 : 0)} failed`)
process.exit(failedStep ? 1 : 0)

function report(name) {
  return path.join(results, `${name}.json`)
}

function totals() {
  let passed = 0
  let failed = 0
  for (const name of ['unit', 'integration', 'e2e']) {
    try {
      const data = JSON.parse(readFileSync(report(name), 'utf8'))
      passed += data.numPassedTests ?? data.stats.expected + data.stats.flaky
      failed += data.numFailedTests ?? data.stats.unexpected
    } catch {
      // A step that did not run has no report.
    }
  }
  return { passed, failed }
}
