import { accessSync, constants, mkdirSync } from 'node:fs'
import { findDamagedDefinition } from './damaged'
import { reportDetachedParts } from './detached'
import { databaseFolder, Engine } from './engine'
import { type EngineServer, listen } from './http/server'
import { findHolder } from './in-use'

const STOP_GRACE_MS = 2000

export interface ServeOptions {
  readonly folder: string
  readonly memoryBytes: number
  /** Where the telemetry tables are: what the role viewer may read. */
  readonly database: string
  /** 0: any free one. */
  readonly port: number
}

/** Opens the folder, listens, says so in one JSON line on stdout, and stops cleanly on SIGTERM or SIGINT. */
export async function serve(options: ServeOptions): Promise<void> {
  const { port } = options
  const engine = openEngine(options)
  for (const warning of reportDetachedParts(engine, options.folder)) process.stderr.write(`${warning}\n`)
  const server = await listen(engine, port).catch(async (error: NodeJS.ErrnoException) => {
    await engine.close()
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(`port ${port} is taken by another program: set SPANLIGHT_ENGINE_PORT to a free one`)
  })
  process.stdout.write(`${JSON.stringify({ ready: true, port: server.port })}\n`)
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    void leave(engine, server)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
}

async function leave(engine: Engine, server: EngineServer): Promise<void> {
  await server.close(STOP_GRACE_MS)
  // Connections that still work must not be closed under it; the files are safe either way.
  if (engine.running === 0) await engine.close()
  // Leaving in the continuation of a native call crashes: let it finish first.
  setImmediate(() => process.exit(0))
}

function openEngine({ folder, memoryBytes, database }: ServeOptions): Engine {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK | constants.R_OK)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new Error(
      `the data folder ${folder} cannot be written (${code}): set SPANLIGHT_DATA_DIR to a folder of yours`,
    )
  }
  const holder = findHolder(databaseFolder(folder))
  if (holder !== null) {
    throw new Error(
      `the data folder ${folder} is in use by process ${holder}: stop that one, or set SPANLIGHT_DATA_DIR to another folder`,
    )
  }
  const damaged = findDamagedDefinition(databaseFolder(folder))
  if (damaged !== null) {
    throw new Error(
      `the definition of a table is damaged: ${damaged.file} (${damaged.damage}). Restore that file from a backup, or move it away to go on without its table`,
    )
  }
  try {
    return new Engine(folder, memoryBytes, database)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    // The library has written its reason to stderr, and throws a general one.
    throw new Error(
      `the data folder ${folder} cannot be opened (${text}); the reason stands above. A damaged .sql file there can be moved away to go on without its table.`,
    )
  }
}
