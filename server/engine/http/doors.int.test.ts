import net from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '../testing'
import { type HttpTools, httpTools } from './http-testing'

let engine: TestEngine
let send: HttpTools['send']
let ask: HttpTools['ask']

beforeAll(async () => {
  engine = await startTestEngine()
  ;({ send, ask } = httpTools(engine))
  await httpTools(engine).ask({ body: 'CREATE TABLE t (id UInt32, s String) ENGINE = MergeTree ORDER BY id' })
})
afterAll(async () => {
  await engine.stop()
})

describe('doors', () => {
  /** fetch does not let a caller choose these headers. */
  function raw(request: string | Buffer, keepOpen = false): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(engine.port, '127.0.0.1')
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1')
      })
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(text) : reject(error),
      )
      socket.on('close', () => resolve(text))
      if (keepOpen) socket.write(request)
      else socket.end(request)
    })
  }

  test('/, /ping and /replicas_status say Ok., other paths are not there', async () => {
    for (const path of ['/', '/ping', '/replicas_status']) {
      const response = await fetch(engine.url + path)
      expect([response.status, await response.text()]).toEqual([200, 'Ok.\n'])
    }
    expect((await fetch(`${engine.url}/ping`, { method: 'HEAD' })).status).toBe(200)
    expect((await fetch(`${engine.url}/?query=SELECT+1`, { method: 'HEAD' })).status).toBe(200)
    expect((await fetch(`${engine.url}/nope`)).status).toBe(404)
    expect((await fetch(engine.url, { method: 'DELETE' })).status).toBe(501)
  })

  test('a foreign Host and any Origin are refused', async () => {
    const ping = (headers: string): Promise<string> =>
      raw(`GET /ping HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`)
    expect(await ping(`Host: 127.0.0.1:${engine.port}`)).toMatch(/^HTTP\/1.1 200/)
    expect(await ping('Host: localhost')).toMatch(/^HTTP\/1.1 200/)
    expect(await ping('Host: [::1]:8123')).toMatch(/^HTTP\/1.1 200/)
    for (const host of [
      'evil.example',
      'evil.example:8123',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '10.0.0.1',
    ]) {
      expect(await ping(`Host: ${host}`)).toMatch(/^HTTP\/1.1 403/)
    }
    expect(await ping('Host: localhost\r\nOrigin: http://localhost:3000')).toMatch(/^HTTP\/1.1 403/)
    expect(await ping('Host: localhost\r\nOrigin: null')).toMatch(/^HTTP\/1.1 403/)
  })

  test('garbage, half requests and huge headers leave it alive', async () => {
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) % 256))
    await raw(noise)
    await raw(Buffer.concat([Buffer.from('POST / HTTP/1.1\r\nHost: localhost\r\n\r\n'), noise]))
    await raw('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nSEL')
    await raw('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')
    await raw(
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9\r\n\r\n--x\r\nfoo\r',
    )
    await raw(
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc',
    )
    expect(
      await raw(`GET /?query=SELECT%201 HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(2_000_000)}\r\n\r\n`),
    ).not.toMatch(/^HTTP\/1.1 200/)
    expect(await raw('GET //evil:99999/?a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 4/,
    )
    for (const body of [
      '\0',
      'SELECT \0',
      "SELECT '\0'",
      '('.repeat(20_000),
      `SELECT ${'-'.repeat(100_000)}`,
      `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`,
      noise,
    ]) {
      await (await send({ body })).arrayBuffer()
    }
    const odd = { max_threads: "1'; DROP TABLE t; --", "a' = 1": '1', param_x: '\0', log_comment: "\\' ; \0" }
    for (const [name, value] of Object.entries(odd))
      await (await send({ params: { [name]: value }, body: 'SELECT 1' })).text()
    expect(await ask({ body: 'SELECT count() FROM t' })).toBe('0\n')
  })

  test('a half-closed connection counts as gone, like one that hung up', async () => {
    await raw('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nSELECT 1')
    expect(
      await raw(
        'POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 8\r\n\r\nSELECT 1',
        true,
      ),
    ).toMatch(/\r\n\r\n1\n$/)
  })
})
