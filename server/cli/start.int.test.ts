import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { freePort, listen, spanlight, stopAll } from './testing'

const temp = mkdtempSync(path.join(os.tmpdir(), 'spanlight-cli-'))
afterEach(stopAll)
afterAll(() => rmSync(temp, { recursive: true, force: true }))

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
