// Runs before anything is installed: plain JavaScript, Node's own modules only.
// Makes sure that Node is new enough, that dependencies are installed, and that the web build is fresh.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

const NEEDS_NODE = [20, 9]

/** Everything the web build is made of. */
const BUILD_INPUTS = [
  'app',
  'components',
  'lib',
  'server',
  'public',
  'proxy.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > NEEDS_NODE[0] || (major === NEEDS_NODE[0] && minor >= NEEDS_NODE[1])) return
  fail(
    `Spanlight needs Node ${NEEDS_NODE.join('.')} or newer, and this is ${process.versions.node}: install a current one from https://nodejs.org`,
  )
}

/** `npm ci` when node_modules is missing or older than the lock file. */
export function ensureInstalled() {
  const marker = path.join(root, 'node_modules', '.spanlight-installed')
  const wanted = digest([path.join(root, 'package-lock.json')])
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  console.log('Installing dependencies (once) …')
  run(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'],
    'Installing the dependencies failed: see npm’s message above',
  )
  writeFileSync(marker, wanted)
}

/** `next build` when there is no build, or the sources changed since. */
export function ensureBuilt() {
  const dist = path.join(root, process.env.SPANLIGHT_NEXT_DIR || '.next')
  const marker = path.join(dist, 'spanlight-build')
  const wanted = digest(BUILD_INPUTS.flatMap((name) => files(path.join(root, name))))
  if (
    existsSync(marker) &&
    existsSync(path.join(dist, 'BUILD_ID')) &&
    readFileSync(marker, 'utf8') === wanted
  )
    return
  console.log('Building the web UI (once per version) …')
  run(
    process.execPath,
    [path.join(root, 'node_modules/next/dist/bin/next'), 'build'],
    'The build failed: see the message above',
    {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
  )
  writeFileSync(marker, wanted)
}

export function fail(message) {
  console.error(`spanlight: ${message}`)
  process.exit(1)
}

/** @returns exit code; output goes to the terminal. */
export function spawnHere(command, args, env = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (result.error) fail(`could not run ${command}: ${result.error.message}`)
  return result.status ?? 1
}

function run(command, args, message, env) {
  if (spawnHere(command, args, env) !== 0) fail(message)
}

function files(entry) {
  if (!existsSync(entry)) return []
  if (!statSync(entry).isDirectory()) return [entry]
  return readdirSync(entry)
    .sort()
    .flatMap((name) => files(path.join(entry, name)))
    .filter((file) => !/\.test\.tsx?$/.test(file))
}

function digest(paths) {
  const hash = createHash('sha256')
  for (const file of paths)
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}
