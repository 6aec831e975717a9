import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { ProblemError } from '@/lib/api/problem-error'
import type { DemoResponse } from '@/lib/api/sources'
import { isLoopback } from '@/server/config'
import type { ServiceContext } from '../context'

declare global {
  var spanlightDemo: ChildProcess | undefined
}

/**
 * POST /api/v1/demo: demo telemetry through the front door, from a process of its own. Only where the web UI
 * listens on loopback: on a shared instance nobody should fill the tables with a click. Its IPC channel ends it
 * with this process.
 */
export async function startDemo(ctx: ServiceContext): Promise<DemoResponse> {
  if (!isLoopback(ctx.config.listen)) {
    throw new ProblemError('forbidden', 'Demo data can only be loaded where Spanlight listens on loopback.')
  }
  const running = globalThis.spanlightDemo
  if (running && running.exitCode === null && running.signalCode === null) return { status: 'running' }
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(process.cwd(), 'server/demo/main.ts')],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: process.env,
    },
  )
  globalThis.spanlightDemo = child
  child.on('error', (error) => {
    globalThis.spanlightDemo = undefined
    console.error(JSON.stringify({ level: 'error', message: 'demo telemetry stopped', error: error.message }))
  })
  // The channel alone should not keep this process alive.
  child.unref()
  child.channel?.unref()
  return { status: 'started' }
}
