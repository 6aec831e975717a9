import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** How to start a role's process. It prints a JSON line with `"ready":true` on stdout when it serves. */
export interface RoleSpec {
  readonly name: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Names of the environment that the process gets; all when absent. */
  readonly inherit?: RegExp
  /** Other JSON lines of its stdout. */
  readonly onMessage?: (message: Readonly<Record<string, unknown>>) => void
}

const STOP_GRACE_MS = 10_000
const FIRST_START_MS = 60_000
const LAST_WORDS_MS = 500
const RESTART_MIN_MS = 200
const RESTART_MAX_MS = 5_000

/**
 * Keeps one role's process alive: starts it, and starts it again when it ends by itself.
 * The child runs in a process group of its own, so that Ctrl-C reaches only the supervisor, which then stops the
 * roles in order; its IPC channel closes when the supervisor dies, and it ends too.
 */
export class Role {
  private process: ChildProcess | null = null
  private stopping = false
  private restartDelay = RESTART_MIN_MS
  private timer: NodeJS.Timeout | null = null

  constructor(
    private readonly spec: RoleSpec,
    private readonly log: (line: string) => void,
  ) {}

  get pid(): number | undefined {
    return this.process?.pid
  }

  /** Resolves when it first serves. @throws Error with the process's own last words when it does not. */
  async start(): Promise<void> {
    await this.launch()
  }

  async stop(): Promise<void> {
    this.stopping = true
    if (this.timer) clearTimeout(this.timer)
    const child = this.process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS)
    await ended
    clearTimeout(force)
  }

  /** What the child sees when the supervisor dies. */
  disconnect(): void {
    this.process?.disconnect()
  }

  kill(): void {
    this.stopping = true
    this.process?.kill('SIGKILL')
  }

  private launch(): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, this.spec.args, {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: { ...inherited(this.spec.inherit), ...this.spec.env },
        detached: true,
      })
      this.process = child
      let ready = false
      let lastWords = ''
      const timeout = setTimeout(() => {
        lastWords ||= `did not serve within ${FIRST_START_MS / 1000} s`
        child.kill('SIGKILL')
      }, FIRST_START_MS)

      if (child.stdout) {
        createInterface({ input: child.stdout }).on('line', (line) => {
          const message = parseMessage(line)
          if (!message) this.log(`${this.spec.name}: ${line}`)
          else if (message.ready === true) {
            ready = true
            this.restartDelay = RESTART_MIN_MS
            clearTimeout(timeout)
            resolve()
          } else this.spec.onMessage?.(message)
        })
      }
      const wordsRead = new Promise<void>((done) => {
        if (!child.stderr) return done()
        const lines = createInterface({ input: child.stderr })
        lines.on('line', (line) => {
          if (line.trim() !== '') lastWords = line
          if (ready) this.log(`${this.spec.name}: ${line}`)
        })
        lines.on('close', done)
        // A process that it started may hold the pipe open.
        child.once('exit', () => setTimeout(done, LAST_WORDS_MS))
      })
      child.on('error', (error) => reject(new Error(`${this.spec.name}: ${error.message}`)))
      child.on('exit', async (code, signal) => {
        clearTimeout(timeout)
        if (this.stopping) return resolve()
        await wordsRead
        if (!ready)
          return reject(new Error(lastWords || `${this.spec.name} ended with ${signal ?? `code ${code}`}`))
        this.log(`${this.spec.name} ended (${signal ?? `code ${code}`}): starting it again`)
        this.relaunch()
      })
    })
  }

  private relaunch(): void {
    this.timer = setTimeout(() => {
      this.launch().catch((error: Error) => {
        if (this.stopping) return
        this.log(`${this.spec.name} did not come back: ${error.message}`)
        this.relaunch()
      })
    }, this.restartDelay)
    this.restartDelay = Math.min(this.restartDelay * 2, RESTART_MAX_MS)
  }
}

function parseMessage(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function inherited(names: RegExp | undefined): NodeJS.ProcessEnv {
  if (!names) return process.env
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => names.test(name)),
  ) as NodeJS.ProcessEnv
}
