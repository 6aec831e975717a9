import { accessSync, constants, mkdirSync } from 'node:fs'
import { reportDetachedParts } from './detached'
import { Engine } from './engine'
import { listen } from './http/server'

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
  const server = await listen(engine, port).catch((error: NodeJS.ErrnoException) => {
    engine.close()
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(`port ${port} is taken by another program: set SPANLIGHT_ENGINE_PORT to a free one`)
  })
  process.stdout.write(`${JSON.stringify({ ready: true, port: server.port })}\n`)
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    void server.close(STOP_GRACE_MS).then(() => {
      // Leaving while a native call returns crashes: let its continuation finish first.
      setImmediate(() => {
        if (engine.running === 0) engine.close()
        setImmediate(() => process.exit(0))
      })
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
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
  try {
    return new Engine(folder, memoryBytes, database)
  } catch (error) {
    throw new Error(explainOpening(folder, error instanceof Error ? error.message : String(error)))
  }
}

function explainOpening(folder: string, message: string): string {
  if (/Cannot lock file|another (server|process)|already (running|in use)/i.test(message)) {
    return `the data folder ${folder} is in use by another running engine: stop that one, or set SPANLIGHT_DATA_DIR to another folder`
  }
  // An empty or cut metadata file makes the whole opening fail.
  const file = /[\w./-]+\.sql\b/.exec(message)?.[0]
  const hint =
    file === undefined
      ? ''
      : ` The file ${file} is damaged: restore it from a backup, or move it away to go on without its table.`
  return `the data folder ${folder} cannot be opened: ${message}${hint}`
}
