import { type ChildProcess, spawn } from 'node:child_process'
import net from 'node:net'

/** For tests: the `spanlight` command as a process. */

const children: ChildProcess[] = []

/** Ends what `spanlight` started; for afterEach. */
export async function stopAll(): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
}

export interface Run {
  readonly child: ChildProcess
  /** Everything that it printed, once it has ended. */
  readonly ended: Promise<{ code: number | null; output: string }>
  /** Resolves when it has printed the text. */
  printed(text: string): Promise<void>
}

export function spanlight(args: readonly string[], env: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli/main.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  children.push(child)
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, output })),
  )
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output.includes(text) && resolve()
      listeners.add(look)
      look()
      ended.then(() => reject(new Error(`ended without printing ${text}:\n${output}`)))
    })
  return { child, ended, printed }
}

export async function listen(): Promise<{ port: number; close(): Promise<unknown> }> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

export async function freePort(): Promise<string> {
  const { port, close } = await listen()
  await close()
  return String(port)
}
