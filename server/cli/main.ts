import { Command } from 'commander'
import { type ClickHouse, createClickHouse } from '@/server/clickhouse/client'
import { type MigrateConfig, migrate, pendingMigrations } from '@/server/clickhouse/schema/migrate'
import { type Config, ConfigError, readConfig } from '@/server/config'
import { type RoleName, run } from '@/server/supervisor/run'

const program = new Command('spanlight')
  .description('Traces, logs and metrics in ClickHouse: OTLP receiver, engine and web UI in one command')
  .showHelpAfterError('(spanlight --help lists the commands)')

program
  .command('up', { isDefault: true })
  .description('start engine, OTLP receiver and web UI')
  .option('--demo', 'load 30 minutes of demo telemetry once, and keep a live stream of it going')
  .action((options: { demo?: boolean }) =>
    serve(['engine', 'ingest', 'web', ...(options.demo ? (['demo'] as const) : [])]),
  )
program
  .command('engine')
  .description('only the embedded engine')
  .action(() => serve(['engine']))
program
  .command('ingest')
  .description('only the OTLP receiver')
  .action(() => serve(['ingest']))
program
  .command('web')
  .description('only the web UI')
  .action(() => serve(['web']))
program
  .command('migrate')
  .description('create or upgrade the tables, then exit')
  .option('--dry-run', 'print the statements, run nothing')
  .action((options: { dryRun?: boolean }) =>
    withClickHouse(readConfig(), options.dryRun ? printPending : applyAndSay),
  )

type TablesJob = (client: ClickHouse, target: MigrateConfig) => Promise<void>

async function withClickHouse(config: Config, job: TablesJob): Promise<void> {
  // Not the configured database: on a new server it is for the migrations to create.
  const client = createClickHouse({ ...config.clickhouse, database: 'system' })
  try {
    const pong = await client.ping({ select: true })
    if (!pong.success) {
      throw new ConfigError(
        `no ClickHouse answers at ${config.clickhouse.url} as user ${config.clickhouse.user} (${reason(pong.error)}): start it, or correct CLICKHOUSE_URL, CLICKHOUSE_USER and CLICKHOUSE_PASSWORD`,
      )
    }
    await job(client, {
      database: config.clickhouse.database,
      cluster: config.clickhouse.cluster,
      ttl: config.ttl,
    })
  } finally {
    await client.close()
  }
}

/** One line. Node gathers refused connections to several addresses in an error without a message. */
function reason(error: Error): string {
  const { code } = error as NodeJS.ErrnoException
  return (error.message || code || 'unreachable').split('\n', 1)[0] ?? ''
}

const applyAndSay: TablesJob = async (client, target) => {
  for (const { id, name, ms } of await migrate(client, target))
    console.log(`Tables: migration ${id} (${name}) took ${ms} ms`)
}

const printPending: TablesJob = async (client, target) => {
  const { foreign, pending } = await pendingMigrations(client, target)
  if (foreign.length > 0)
    console.log(`-- ${foreign.join(', ')} were not made by Spanlight: nothing is created or altered`)
  for (const { id, name, statements } of pending) console.log(`-- ${id}: ${name}\n${statements.join(';\n')};`)
}

/** Runs until a signal; the second signal does not wait. */
async function serve(roles: readonly RoleName[]): Promise<void> {
  let stopping = false
  const early = () => {
    // Before everything is up a Ctrl-C lets the start finish, then stops it in order.
    stopping = true
  }
  process.on('SIGINT', early)
  process.on('SIGTERM', early)
  process.on('SIGHUP', early)
  const startedAt = Date.now()
  const running = await run(readConfig(), {
    roles,
    migrate: (config) => withClickHouse(config, applyAndSay),
    log: (line) => console.log(line),
  })
  let signals = 0
  const stop = () => {
    if (signals++ > 0) {
      running.kill()
      process.exit(1)
    }
    console.log('Stopping …')
    void running.stop().then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.off(signal, early)
    process.on(signal, stop)
  }
  const { web, otlpHttp, otlpGrpc } = running.addresses
  console.log(`Spanlight is up after ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops it.`)
  if (web) console.log(`  Web UI     ${web}`)
  if (otlpHttp) console.log(`  OTLP/HTTP  ${otlpHttp}`)
  if (otlpGrpc) console.log(`  OTLP/gRPC  ${otlpGrpc}`)
  const { clickhouse } = running.config
  console.log(
    `  ClickHouse ${clickhouse.url}${clickhouse.embedded ? ` (embedded, files in ${running.config.dataDir})` : ''}`,
  )
  if (stopping) stop()
}

try {
  await program.parseAsync()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  console.error(`spanlight: ${message}`)
  if (!(error instanceof ConfigError) && process.env.SPANLIGHT_DEBUG && error instanceof Error)
    console.error(error.stack)
  process.exit(1)
}
