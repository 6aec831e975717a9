import { spawn } from 'node:child_process'
import { engineEnv } from './env'

/**
 * Starts this program again with the environment that the engine needs from its first moment on. Used
 * only when it was started by hand: the supervisor passes engineEnv() itself.
 */
export function respawn(): void {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env: engineEnv(),
    // The channel tells the child that its parent is gone.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 137)))
}
