import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'

const temp = mkdtempSync(path.join(os.tmpdir(), 'spanlight-cli-'))
const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
})
afterAll(() => rmSync(temp, { recursive: true, force: true }))

interface Run {
  readonly child: ChildProcess
  /** Everything that it printed, once it has ended. */
  readonly ended: Promise<{ code: number | null; output: string }>
  /** Resolves when it has printed the text. */
  printed(text: string): Promise<void>
}

function spanlight(args: readonly string[], env: Readonly<Record<string, string>>): Run {
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

async function listen(): Promise<{ port: number; close(): Promise<unknown> }> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function freePort(): Promise<string> {
  const { port, close } = await listen()
  await close()
  return String(port)
}

describe('a start that cannot succeed', () => {
  it.each([
    [{ PORT: 'http' }, /PORT=http is not a port from 1 to 65535/],
    [{ CLICKHOUSE_URL: 'tcp://127.0.0.1:9000' }, /CLICKHOUSE_URL=http:\/\/127\.0\.0\.1:8123/],
    [{ SPANLIGHT_ENGINE_MEMORY: 'much' }, /SPANLIGHT_ENGINE_MEMORY=much is not a size/],
    [{ SPANLIGHT_LISTEN: '0.0.0.0' }, /SPANLIGHT_UI_TOKEN/],
  ])('says one line for %j', async (env, expected) => {
    const { code, output } = await spanlight(['up'], { ...env, SPANLIGHT_DATA_DIR: path.join(temp, 'bad') })
      .ended
    expect(code).toBe(1)
    expect(output.trim().split('\n')).toHaveLength(1)
    expect(output).toMatch(expected)
  })

  it('names a taken port and starts nothing', async () => {
    const taken = await listen()
    const folder = path.join(temp, 'taken')
    try {
      const { code, output } = await spanlight(['up'], {
        SPANLIGHT_DATA_DIR: folder,
        SPANLIGHT_OTLP_HTTP_PORT: String(taken.port),
        SPANLIGHT_OTLP_GRPC_PORT: await freePort(),
        SPANLIGHT_ENGINE_PORT: await freePort(),
      }).ended
      expect(code).toBe(1)
      expect(output.trim()).toBe(
        `spanlight: port ${taken.port} (OTLP over HTTP) is taken: stop the program that uses it, or set SPANLIGHT_OTLP_HTTP_PORT to another port`,
      )
      expect(readdirSync(folder)).not.toContain('engine')
    } finally {
      await taken.close()
    }
  })

  it('names a data folder that cannot be made', async () => {
    const file = path.join(temp, 'a-file')
    writeFileSync(file, '')
    const { code, output } = await spanlight(['engine'], { SPANLIGHT_DATA_DIR: file }).ended
    expect(code).toBe(1)
    expect(output).toMatch(/the data folder .*a-file cannot be written/)
  })
})

describe('spanlight engine', () => {
  it('serves, keeps its folder to itself, and stops on a signal', async () => {
    const port = await freePort()
    const env = { SPANLIGHT_DATA_DIR: path.join(temp, 'engine'), SPANLIGHT_ENGINE_PORT: port }
    const first = spanlight(['engine'], env)
    await first.printed('Spanlight is up')
    expect(await (await fetch(`http://127.0.0.1:${port}/ping`)).text()).toBe('Ok.\n')

    const second = await spanlight(['engine'], { ...env, SPANLIGHT_ENGINE_PORT: await freePort() }).ended
    expect(second.code).toBe(1)
    expect(second.output).toMatch(/is in use by another Spanlight/)

    first.child.kill('SIGINT')
    expect((await first.ended).code).toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/ping`)).rejects.toThrow()
  })
})
