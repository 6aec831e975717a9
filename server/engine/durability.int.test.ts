import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { engineEnv } from './env'
import { startTestEngine, type TestEngine } from './testing'

let dataDir: string
let engine: TestEngine | null = null

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'spanlight-engine-'))
})
afterEach(async () => {
  await engine?.stop()
  engine = null
  rmSync(dataDir, { recursive: true, force: true })
})

async function ask(sql: string, params = ''): Promise<string> {
  const response = await fetch(`${engine?.url}/?${params}`, { method: 'POST', body: sql })
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text.trim()
}

function startAndFail(env: Record<string, string>): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'server/engine/main.ts'], {
    env: engineEnv({ ...process.env, SPANLIGHT_DATA_DIR: dataDir, SPANLIGHT_ENGINE_ANY_PORT: '1', ...env }),
    encoding: 'utf8',
    timeout: 20_000,
  })
  return { status, stderr }
}

test('kill -9 in the middle of inserts loses no acknowledged row', async () => {
  engine = await startTestEngine({ dataDir })
  await ask('CREATE TABLE t (worker UInt8, n UInt32) ENGINE = MergeTree ORDER BY (worker, n)')
  const acknowledged = [0, 0, 0, 0]
  let stopped = false
  const insert = async (worker: number): Promise<void> => {
    for (let batch = 0; !stopped; batch++) {
      const rows = Array.from({ length: 200 }, (_, i) => `{"worker":${worker},"n":${batch * 200 + i}}`)
      try {
        await ask(`INSERT INTO t FORMAT JSONEachRow\n${rows.join('\n')}`)
      } catch {
        return
      }
      acknowledged[worker] = batch + 1
    }
  }
  const inserts = acknowledged.map((_, worker) => insert(worker))
  while (Math.min(...acknowledged) < 5) await new Promise((resolve) => setImmediate(resolve))
  await engine.kill()
  stopped = true
  await Promise.all(inserts)
  engine = await startTestEngine({ dataDir })
  for (const [worker, batches] of acknowledged.entries()) {
    const found = await ask(`SELECT uniqExact(n) FROM t WHERE worker = ${worker} AND n < ${batches * 200}`)
    expect(Number(found)).toBe(batches * 200)
  }
})

test('SIGTERM stops it cleanly within 3 s, also under load', async () => {
  engine = await startTestEngine({ dataDir })
  await ask('CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n')
  const load = Array.from({ length: 6 }, (_, i) =>
    ask(
      i % 2 === 0
        ? 'SELECT count() FROM numbers(1000000000000) WHERE cityHash64(number) = 7'
        : 'INSERT INTO t SELECT number FROM numbers(100000000000)',
    ).catch(() => 'ended'),
  )
  await ask('SELECT 1')
  const started = Date.now()
  const exit = await engine.stop()
  expect(Date.now() - started).toBeLessThan(3000)
  expect(exit).toEqual({ code: 0, signal: null })
  await Promise.all(load)
  engine = await startTestEngine({ dataDir })
  expect(await ask('SELECT 1')).toBe('1')
})

test('a folder in use is one clear line and exit code 1', async () => {
  engine = await startTestEngine({ dataDir })
  const { status, stderr } = startAndFail({})
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain('in use')
  expect(stderr).toContain(dataDir)
})

test.skipIf(process.getuid?.() === 0)(
  'a folder that cannot be written is one clear line and exit code 1',
  () => {
    chmodSync(dataDir, 0o500)
    const { status, stderr } = startAndFail({})
    expect(status).toBe(1)
    expect(stderr).toMatch(/cannot be written \(EACCES\).*SPANLIGHT_DATA_DIR/)
  },
)

test('a data folder that is a file is one clear line and exit code 1', () => {
  const file = path.join(dataDir, 'file')
  writeFileSync(file, '')
  const { status, stderr } = startAndFail({ SPANLIGHT_DATA_DIR: file })
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain('cannot be written')
})

test('a port that is taken is one clear line and exit code 1', async () => {
  engine = await startTestEngine({ dataDir })
  const other = path.join(dataDir, 'other')
  const { status, stderr } = startAndFail({
    SPANLIGHT_DATA_DIR: other,
    SPANLIGHT_ENGINE_ANY_PORT: '',
    SPANLIGHT_ENGINE_PORT: String(engine.port),
  })
  expect(status).toBe(1)
  expect(stderr).toContain(`port ${engine.port} is taken`)
})

test('a damaged table definition is one clear line that names the file, and the rest opens without it', async () => {
  engine = await startTestEngine({ dataDir })
  await ask('CREATE TABLE kept (n UInt64) ENGINE = MergeTree ORDER BY n')
  await ask('INSERT INTO kept SELECT 7')
  await ask("CREATE TABLE hurt (n UInt64 COMMENT ')') ENGINE = MergeTree ORDER BY n")
  await engine.stop()
  const file = realpathSync(path.join(dataDir, 'engine', 'db', 'metadata', 'default', 'hurt.sql'))
  truncateSync(file, readFileSync(file, 'utf8').indexOf('UInt64'))
  const { status, stderr } = startAndFail({})
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain(`${file} (it is cut off)`)
  renameSync(file, path.join(dataDir, 'hurt.sql'))
  engine = await startTestEngine({ dataDir })
  expect(await ask('SELECT n FROM kept')).toBe('7')
})

test('rows that were set aside as damaged are reported at the next start', async () => {
  engine = await startTestEngine({ dataDir })
  await ask('CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n')
  await ask('INSERT INTO t SELECT number FROM numbers(100)')
  const part = await ask("SELECT path FROM system.parts WHERE table = 't' AND active")
  await engine.stop()
  rmSync(path.join(part, 'data.bin'), { force: true })
  rmSync(path.join(part, 'n.bin'), { force: true })
  const lines: string[] = []
  engine = await startTestEngine({ dataDir, onStderr: (text) => lines.push(text) })
  expect(lines.join('')).toMatch(/damaged.*default\.t/)
  await engine.stop()
  const again: string[] = []
  engine = await startTestEngine({ dataDir, onStderr: (text) => again.push(text) })
  expect(again.join('')).toBe('')
})
