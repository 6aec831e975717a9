#!/usr/bin/env node
// The `spanlight` command: prepares the installation where it must, then hands over to server/cli/main.ts.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { checkNode, ensureBuilt, ensureInstalled, root } from './bootstrap.mjs'

checkNode()
ensureInstalled()
const command = process.argv[2]
if (command === 'up' || command === 'web') ensureBuilt()

const child = spawn(
  process.execPath,
  ['--import', 'tsx', path.join(root, 'server/cli/main.ts'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    cwd: root,
  },
)
// A terminal sends Ctrl-C to the whole group, a service manager only to this process: pass it on, wait for the end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
