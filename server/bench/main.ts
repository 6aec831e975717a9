import { spawn } from 'node:child_process'
import { startReferenceDatabase } from './reference-database'

/**
 * `npm run bench`: every budget beside a floor measured in the same run. `npm run bench -- api` runs one part;
 * what follows the name goes to that part. Each part prints its own table and exits not 0 when over budget.
 * `api` asks the reference rows at CLICKHOUSE_URL (END says where they end), else fills an engine of its own;
 * BENCH_MILLIONS makes that smaller.
 */
const PARTS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  trace: (args) => part('server/bench/trace-model.ts', args),
  api: async (args) => {
    if (process.env.CLICKHOUSE_URL) return part('server/bench/api.ts', args)
    const database = await startReferenceDatabase(Number(process.env.BENCH_MILLIONS ?? 10))
    try {
      return await part('server/bench/api.ts', args, { CLICKHOUSE_URL: database.url, END: database.end })
    } finally {
      await database.stop()
    }
  },
  storage: (args) => part('server/bench/storage.ts', args),
  ingest: (args) => part('server/ingest/bench.ts', args),
}

/** @returns exit code. Not spawnSync: this process may hold the engine that the part asks. */
function part(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

const [wanted, ...rest] = process.argv.slice(2)
if (wanted !== undefined && !(wanted in PARTS)) {
  console.error(`There is no part ${wanted}: ${Object.keys(PARTS).join(', ')}`)
  process.exit(2)
}

const over: string[] = []
for (const [name, run] of Object.entries(PARTS)) {
  if (wanted !== undefined && wanted !== name) continue
  console.log(`\n── ${name}`)
  if ((await run(rest)) !== 0) over.push(name)
}
if (over.length > 0) console.log(`\nOver budget or failed: ${over.join(', ')}`)
process.exit(over.length > 0 ? 1 : 0)
