import path from 'node:path'
import { type Config, ConfigError } from '@/server/config'
import { engineEnv } from '@/server/engine/env'
import { Role, type RoleSpec } from './child'
import { claimDataFolder } from './data-folder'
import { isFree, nextFree, requireFree } from './ports'

export type RoleName = 'engine' | 'ingest' | 'web' | 'demo'

/** No secrets in the engine's environment: SQL that a person writes runs in that process. */
const ENGINE_INHERITS =
  /^(PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|NODE_\w+|SPANLIGHT_ENGINE_\w+|SPANLIGHT_DATA_DIR|CLICKHOUSE_DATABASE)$/

export interface RunOptions {
  readonly roles: readonly RoleName[]
  /** Creates and upgrades the tables; called once the engine answers. */
  readonly migrate: (config: Config) => Promise<void>
  readonly log: (line: string) => void
}

export interface Running {
  /** Addresses that people and senders use. */
  readonly addresses: {
    readonly web: string | null
    readonly otlpHttp: string | null
    readonly otlpGrpc: string | null
  }
  readonly config: Config
  stop(): Promise<void>
  /** Ends everything at once; for the second Ctrl-C. */
  kill(): void
}

/**
 * Starts the roles in the order in which they need each other, and keeps them running.
 * Every address is checked before anything starts, so that a wrong one leaves nothing behind.
 * @throws ConfigError, or an Error with the last words of the role that did not start; by then all is stopped.
 */
export async function run(given: Config, options: RunOptions): Promise<Running> {
  const has = (role: RoleName) => options.roles.includes(role)
  const withEngine = has('engine') && given.clickhouse.embedded
  const claim = withEngine || options.roles.length > 1 ? claimDataFolder(given.dataDir) : null
  const started: Role[] = []
  const stop = async () => {
    for (const role of [...started].reverse()) await role.stop()
    claim?.release()
  }
  try {
    const config = await choosePorts(given, has, withEngine)
    const specs = roleSpecs(config, options.log)
    const start = async (name: RoleName) => {
      const role = new Role(specs[name], options.log)
      started.push(role)
      await role.start()
    }
    if (withEngine) await start('engine')
    if (has('ingest') || has('web')) await options.migrate(config)
    await Promise.all((['ingest', 'web'] as const).filter(has).map(start))
    // Loading takes a while: nobody has to wait for it.
    if (has('demo'))
      start('demo').catch((error: Error) => options.log(`demo telemetry stopped: ${error.message}`))
    const host = (address: string) =>
      address === '0.0.0.0' || address === '::' ? 'localhost' : address.replace('127.0.0.1', 'localhost')
    return {
      addresses: {
        web: has('web') ? `http://${host(config.listen)}:${config.port}` : null,
        otlpHttp: has('ingest') ? `http://${host(config.otlpListen)}:${config.otlpHttpPort}` : null,
        otlpGrpc: has('ingest') ? `http://${host(config.otlpListen)}:${config.otlpGrpcPort}` : null,
      },
      config,
      stop,
      kill: () => {
        for (const role of started) role.kill()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function choosePorts(
  config: Config,
  has: (role: RoleName) => boolean,
  withEngine: boolean,
): Promise<Config> {
  let { port, enginePort, clickhouse } = config
  if (has('ingest')) {
    await requireFree(config.otlpHttpPort, config.otlpListen, 'OTLP over HTTP', 'SPANLIGHT_OTLP_HTTP_PORT')
    await requireFree(config.otlpGrpcPort, config.otlpListen, 'OTLP over gRPC', 'SPANLIGHT_OTLP_GRPC_PORT')
  }
  if (has('web')) {
    port =
      port === null
        ? await nextFree(3000, config.listen, 'the web UI', 'PORT')
        : await requireFree(port, config.listen, 'the web UI', 'PORT')
  }
  if (withEngine && !config.enginePortSet && !(await isFree(enginePort, '127.0.0.1'))) {
    // A ClickHouse server of the user's own often has 8123; only our own processes need to know the other port.
    enginePort = await nextFree(enginePort + 1, '127.0.0.1', 'the embedded engine', 'SPANLIGHT_ENGINE_PORT')
  } else if (withEngine) {
    await requireFree(enginePort, '127.0.0.1', 'the embedded engine', 'SPANLIGHT_ENGINE_PORT')
  }
  if (withEngine) clickhouse = { ...clickhouse, url: `http://127.0.0.1:${enginePort}` }
  const ports = [port, enginePort, config.otlpHttpPort, config.otlpGrpcPort]
  if (new Set(ports).size < ports.length) {
    throw new ConfigError(
      `two parts were given the same port (web ${port}, engine ${enginePort}, OTLP ${config.otlpHttpPort} and ${config.otlpGrpcPort}): give each its own`,
    )
  }
  return { ...config, port, enginePort, clickhouse }
}

function roleSpecs(config: Config, log: (line: string) => void): Record<RoleName, RoleSpec> {
  const root = process.cwd()
  const typescript = (file: string) => ['--import', 'tsx', path.join(root, file)]
  // Children read the same environment; what was chosen here is written into it.
  const env = {
    SPANLIGHT_ENGINE_PORT: String(config.enginePort),
    SPANLIGHT_DATA_DIR: config.dataDir,
    ...(config.port === null ? {} : { PORT: String(config.port) }),
  }
  return {
    engine: {
      name: 'engine',
      args: typescript('server/engine/main.ts'),
      env: { ...env, ...engineEnv({}) },
      inherit: ENGINE_INHERITS,
    },
    ingest: { name: 'ingest', args: typescript('server/ingest/main.ts'), env },
    web: {
      name: 'web',
      args: [path.join(root, 'server/web/main.mjs'), config.listen, String(config.port ?? 3000)],
      env: { ...env, NODE_ENV: 'production' },
    },
    demo: {
      name: 'demo',
      args: typescript('server/demo/main.ts'),
      env,
      onMessage: (message) => {
        if (message.loaded === true)
          log(
            `Demo telemetry: ${Number(message.spans).toLocaleString('en')} spans loaded, a live stream goes on.`,
          )
      },
    },
  }
}
