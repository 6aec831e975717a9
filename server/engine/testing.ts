import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { engineEnv } from './env'

export interface TestEngine {
  readonly url: string
  readonly port: number
  readonly dataDir: string
  readonly pid: number
  /** Stops it cleanly and removes its folder, if startTestEngine made it. */
  stop(): Promise<Exit>
  /** kill -9. */
  kill(): Promise<Exit>
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface TestEngineOptions {
  /** A folder to open; otherwise a temporary one. */
  readonly dataDir?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What it writes to stderr; otherwise that goes to the test's own. */
  readonly onStderr?: (text: string) => void
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Starts the real engine on a free port, for integration tests. */
export async function startTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'spanlight-engine-')))
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/engine/main.ts'], {
    cwd: ROOT,
    env: engineEnv({
      ...process.env,
      SPANLIGHT_ENGINE_MEMORY: '1500MB',
      SPANLIGHT_DATA_DIR: dataDir,
      SPANLIGHT_ENGINE_ANY_PORT: '1',
      ...options.env,
    }),
    stdio: ['ignore', 'pipe', options.onStderr === undefined ? 'inherit' : 'pipe'],
  })
  child.stderr?.on('data', (chunk: Buffer) => options.onStderr?.(chunk.toString()))
  const exited = new Promise<Exit>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  const port = await readPort(child, exited)
  const remove = async (): Promise<void> => {
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    pid: child.pid ?? -1,
    stop: async () => {
      child.kill('SIGTERM')
      const exit = await exited
      await remove()
      return exit
    },
    kill: async () => {
      child.kill('SIGKILL')
      return exited
    },
  }
}

async function readPort(child: ChildProcess, exited: Promise<Exit>): Promise<number> {
  const line = new Promise<string>((resolve) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text)
    })
  })
  const early = exited.then(() => {
    throw new Error(`the engine ended before it was ready (exit code ${child.exitCode})`)
  })
  const ready = JSON.parse(await Promise.race([line, early])) as { port: number }
  return ready.port
}
