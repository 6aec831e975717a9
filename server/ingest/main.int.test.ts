import { type ChildProcess, spawn } from 'node:child_process'
import net from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestReceiver, type TestReceiver } from './testing'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
let receiver: TestReceiver

beforeAll(async () => {
  receiver = await startTestReceiver()
})
afterAll(() => receiver.stop())

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function start(
  args: readonly string[],
  env: Record<string, string>,
): { child: ChildProcess; ended: Promise<Ended>; line: Promise<string> } {
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'pipe' })
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (part) => {
    stderr += part
  })
  const line = new Promise<string>((resolve) => {
    child.stdout.on('data', (part) => {
      stdout += part
      if (stdout.includes('\n')) resolve(stdout)
    })
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { child, ended, line }
}

const MAIN = ['--import', 'tsx', 'server/ingest/main.ts']

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('the ingest process', () => {
  test('says when it serves, and stops cleanly with the last rows stored', async () => {
    const httpPort = await freePort()
    const { child, ended, line } = start(MAIN, {
      CLICKHOUSE_URL: receiver.engine.url,
      SPANLIGHT_OTLP_HTTP_PORT: String(httpPort),
      SPANLIGHT_OTLP_GRPC_PORT: String(await freePort()),
    })
    expect(JSON.parse(await line)).toMatchObject({ ready: true, httpPort })
    const span = {
      traceId: '5af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
    }
    const answer = fetch(`http://127.0.0.1:${httpPort}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    })
    await expect
      .poll(async () => (await fetch(`http://127.0.0.1:${httpPort}/metrics`)).text())
      .toContain('spanlight_ingest_requests_total{signal="traces"')
    const began = performance.now()
    child.kill('SIGTERM')
    expect((await answer).status).toBe(200)
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
    expect(performance.now() - began).toBeLessThan(5000)
    const rows = await receiver.rows(`SELECT SpanId FROM otel_traces WHERE TraceId = '${span.traceId}'`)
    expect(rows).toHaveLength(1)
  })

  test.each([
    ['SPANLIGHT_OTLP_HTTP_PORT', 'SPANLIGHT_OTLP_GRPC_PORT'],
    ['SPANLIGHT_OTLP_GRPC_PORT', 'SPANLIGHT_OTLP_HTTP_PORT'],
  ])('a taken %s is one clear line and exit code 1', async (taken, free) => {
    const { ended } = start(MAIN, {
      CLICKHOUSE_URL: receiver.engine.url,
      [taken]: String(receiver.ingest.httpPort),
      [free]: String(await freePort()),
    })
    const { code, stdout, stderr } = await ended
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(`set ${taken} to a free port`)
  })
})

test('a real instrumented program: spans of both sides, logs in them, metrics', async () => {
  const { ended } = start(['server/ingest/testing-program.mjs'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.http,
    OTEL_SERVICE_NAME: 'real-program',
  })
  const { code, stdout, stderr } = await ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const { traceId } = JSON.parse(stdout) as { traceId: string }

  const spans = await receiver.rows<{
    SpanKind: string
    SpanId: string
    ParentSpanId: string
    StatusCode: string
  }>(
    `SELECT SpanKind, SpanId, ParentSpanId, StatusCode FROM otel_traces WHERE TraceId = '${traceId}' AND ServiceName = 'real-program' ORDER BY SpanKind`,
  )
  expect(spans.map((span) => span.SpanKind)).toEqual(['Client', 'Internal', 'Server'])
  const [client, inside, server] = spans
  expect(server?.ParentSpanId).toBe(client?.SpanId)
  expect(inside?.ParentSpanId).toBe(server?.SpanId)
  const logs = await receiver.rows(`SELECT Body, SpanId FROM otel_logs WHERE TraceId = '${traceId}'`)
  expect(logs).toEqual([{ Body: 'handled', SpanId: inside?.SpanId }])
  const metrics = await receiver.rows<{ MetricName: string }>(
    `SELECT DISTINCT MetricName FROM otel_metrics_histogram WHERE ServiceName = 'real-program' ORDER BY MetricName`,
  )
  expect(metrics.map((row) => row.MetricName)).toContain('http.server.request.duration')
})
