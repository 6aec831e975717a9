import { spawnSync } from 'node:child_process'

/**
 * `npm run bench`: every budget beside a floor measured in the same run. `npm run bench -- api` runs one part;
 * what follows the name goes to that part. Each part prints its own table and exits not 0 when over budget.
 */
const PARTS: Readonly<Record<string, string>> = {
  trace: 'server/bench/trace-model.ts',
  api: 'server/bench/api.ts',
  storage: 'server/bench/storage.ts',
  ingest: 'server/ingest/bench.ts',
}

const [wanted, ...rest] = process.argv.slice(2)
if (wanted !== undefined && !(wanted in PARTS)) {
  console.error(`There is no part ${wanted}: ${Object.keys(PARTS).join(', ')}`)
  process.exit(2)
}

const over: string[] = []
for (const [name, file] of Object.entries(PARTS)) {
  if (wanted !== undefined && wanted !== name) continue
  console.log(`\n── ${name}`)
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...rest], { stdio: 'inherit' })
  if (status !== 0) over.push(name)
}
if (over.length > 0) console.log(`\nOver budget or failed: ${over.join(', ')}`)
process.exit(over.length > 0 ? 1 : 0)
