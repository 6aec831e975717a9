import path from 'node:path'
import { ConfigError, readConfig } from '@/server/config'
import { hasEngineEnv } from './env'
import { respawn } from './respawn'
import { serve } from './serve'

/** Entry of the engine's process: `node --import tsx server/engine/main.ts`. */
async function main(): Promise<void> {
  if (!hasEngineEnv()) return respawn()
  const config = readConfig()
  await serve({
    folder: path.join(config.dataDir, 'engine'),
    memoryBytes: config.engineMemoryBytes,
    database: config.clickhouse.database,
    port: process.env.SPANLIGHT_ENGINE_ANY_PORT === '1' ? 0 : config.enginePort,
  })
}

main().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error)
  const prefix = error instanceof ConfigError ? '' : 'The engine cannot start: '
  process.stderr.write(`${prefix}${text.replaceAll('\n', ' ')}\n`)
  setImmediate(() => process.exit(1))
})
