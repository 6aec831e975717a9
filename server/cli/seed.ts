import { Command, InvalidArgumentError } from 'commander'
import { parseIso } from '@/lib/time/range'
import { type ClickHouse, createClickHouse } from '@/server/clickhouse/client'
import { migrate } from '@/server/clickhouse/schema/migrate'
import { type Config, readConfig } from '@/server/config'
import { benchTrace } from '@/server/demo/bench-trace'
import { endpointOf } from '@/server/demo/endpoint'
import { fillBenchmark } from '@/server/demo/seed/benchmark'
import { referenceStatements } from '@/server/demo/seed/reference'
import { Sender } from '@/server/demo/send'

interface Options {
  readonly spans?: number
  readonly hours: number
  readonly seed: string
  readonly end?: number
  readonly reference?: boolean
  readonly millions: number
  readonly bigTrace?: number
  readonly otlp?: string
}

const HOUR_MS = 3_600_000

const program = new Command('seed')
  .description(
    'Fill the tables with generated telemetry (the engine has to run: npm start, or CLICKHOUSE_URL)',
  )
  .option('--spans <n>', 'so many spans of the demo shop, and its logs', positive)
  .option('--hours <n>', 'spread over the hours before the end', positive, 24)
  .option('--reference', 'the reference rows of docs/BENCHMARKS.md, in the 24 hours before the end')
  .option('--millions <n>', 'millions of reference spans, and as many logs', positive, 10)
  .option(
    '--end <iso>',
    'end of the time that is filled, for example 2026-11-20T09:00:00Z (default: last full hour)',
    end,
  )
  .option('--big-trace <spans>', 'send one trace of so many spans over OTLP and print its id', positive)
  .option('--otlp <url>', 'OTLP/HTTP endpoint for --big-trace (default: this installation’s)')
  .option('--seed <text>', 'another seed makes other data', 'spanlight')
  .showHelpAfterError()

async function main(options: Options): Promise<void> {
  const chosen = [options.spans !== undefined, options.reference, options.bigTrace !== undefined].filter(
    Boolean,
  )
  if (chosen.length !== 1) program.error('say one of --spans N, --reference, --big-trace N')
  const config = readConfig()
  if (options.bigTrace !== undefined) return bigTrace(config, options, options.bigTrace)
  const client = createClickHouse(config.clickhouse, { requestTimeoutMs: 600_000, maxOpenConnections: 4 })
  try {
    await requireClickHouse(client, config)
    if (options.reference) await reference(client, options)
    else await benchmark(client, options, options.spans ?? 0)
  } finally {
    await client.close()
  }
}

async function requireClickHouse(client: ClickHouse, config: Config): Promise<void> {
  const { url, database, cluster } = config.clickhouse
  const pong = await client.ping()
  if (!pong.success) {
    throw new Error(
      `no ClickHouse answers at ${url} (${pong.error.message}): start one with npm start, or set CLICKHOUSE_URL`,
    )
  }
  await migrate(client, { database, cluster, ttl: config.ttl })
}

async function reference(client: ClickHouse, options: Options): Promise<void> {
  const statements = referenceStatements({ millions: options.millions, endMs: endOf(options) })
  const started = Date.now()
  for (const [done, query] of statements.entries()) {
    await client.command({ query })
    progress(`${done + 1} of ${statements.length} inserts`)
  }
  finish(`${options.millions} million spans and ${options.millions} million logs`, started)
}

async function benchmark(client: ClickHouse, options: Options, spans: number): Promise<void> {
  const started = Date.now()
  const filled = await fillBenchmark(client, {
    spans,
    hours: options.hours,
    seed: options.seed,
    endMs: endOf(options),
    onProgress: (done, total) => progress(`${number(done.spans)} of ${number(total.spans)} spans`),
  })
  finish(`${number(filled.spans)} spans and ${number(filled.logs)} logs over ${options.hours} h`, started)
}

async function bigTrace(config: Config, options: Options, spanCount: number): Promise<void> {
  const sender = new Sender({ endpoint: options.otlp ?? endpointOf(config), retryForMs: 5_000 })
  const startMs = (options.end ?? Date.now()) - 4 * 60_000
  const trace = benchTrace({ spanCount, seed: options.seed, startMs })
  for (const request of trace.requests) await sender.traces(request)
  if (sender.rejected > 0) throw new Error(`the receiver rejected ${sender.rejected} of ${spanCount} spans`)
  console.log(trace.traceId)
}

const endOf = (options: Options): number => options.end ?? Math.floor(Date.now() / HOUR_MS) * HOUR_MS
const number = (value: number): string => value.toLocaleString('en')

function progress(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
}

function finish(what: string, startedMs: number): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  console.log(`${what} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
}

function positive(value: string): number {
  const read = Number(value)
  if (!Number.isSafeInteger(read) || read < 1)
    throw new InvalidArgumentError('give a whole number from 1, for example 1000000')
  return read
}

function end(value: string): number {
  const nanos = parseIso(value)
  if (nanos === null) throw new InvalidArgumentError('give a time, for example 2026-11-20T09:00:00Z')
  return Number(nanos / 1_000_000n)
}

try {
  await main(program.parse().opts<Options>())
} catch (error) {
  console.error(`seed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
