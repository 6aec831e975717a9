import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTestEngine } from '@/server/engine/testing'
import { freePort, spanlight, stopAll } from './testing'

/** A ClickHouse that somebody else runs: here another engine, reached only by its address. */
let server: Awaited<ReturnType<typeof startTestEngine>>
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'spanlight-external-'))
beforeAll(async () => {
  server = await startTestEngine()
})
afterEach(stopAll)
afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const ask = async (sql: string) => (await fetch(server.url, { method: 'POST', body: sql })).text()

describe('with CLICKHOUSE_URL', () => {
  it('a dry run prints the tables and makes none', async () => {
    const env = { CLICKHOUSE_URL: server.url, CLICKHOUSE_DATABASE: 'dry' }
    const { code, output } = await spanlight(['migrate', '--dry-run'], env).ended
    expect(code).toBe(0)
    expect(output).toMatch(/CREATE TABLE IF NOT EXISTS `dry`\.`otel_traces`/)
    expect(await ask(`SELECT count() FROM system.databases WHERE name = 'dry'`)).toBe('0\n')
  })

  it('makes the tables in the named database, writes there, and starts no engine', async () => {
    const port = await freePort()
    const ingest = spanlight(['ingest'], {
      CLICKHOUSE_URL: `${server.url}/otel`,
      SPANLIGHT_DATA_DIR: dataDir,
      SPANLIGHT_OTLP_HTTP_PORT: port,
      SPANLIGHT_OTLP_GRPC_PORT: await freePort(),
    })
    await ingest.printed('Spanlight is up')
    const span = {
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      name: 'far away',
      startTimeUnixNano: `${Date.now()}000000`,
    }
    const answer = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    })
    expect(answer.status).toBe(200)
    expect(await ask('SELECT SpanName FROM otel.otel_traces')).toBe('far away\n')
    expect(readdirSync(dataDir)).not.toContain('engine')
  })

  it('says that nothing answers there', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const { code, output } = await spanlight(['ingest'], {
      CLICKHOUSE_URL: url,
      SPANLIGHT_DATA_DIR: dataDir,
      SPANLIGHT_OTLP_HTTP_PORT: await freePort(),
      SPANLIGHT_OTLP_GRPC_PORT: await freePort(),
    }).ended
    expect(code).toBe(1)
    expect(output.trim().split('\n')).toHaveLength(1)
    expect(output).toContain(`no ClickHouse answers at ${url}`)
  })
})
