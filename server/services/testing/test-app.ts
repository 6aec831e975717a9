import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type ClickHouse, createClickHouse } from '@/server/clickhouse/client'
import { migrate } from '@/server/clickhouse/schema/migrate'
import { readConfig } from '@/server/config'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'
import { closeApp } from '@/server/http/app'

export interface TestApp {
  readonly engine: TestEngine
  readonly client: ClickHouse
  insert(table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>
  stop(): Promise<void>
}

/** The real engine with Spanlight's tables, and an environment in which the route handlers use it. */
export async function startTestApp(env: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  const engine = await startTestEngine()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'spanlight-api-'))
  const before = { ...process.env }
  Object.assign(process.env, {
    SPANLIGHT_ENGINE_PORT: String(engine.port),
    SPANLIGHT_DATA_DIR: folder,
    SPANLIGHT_ENGINE_MEMORY: '1500MB',
    SPANLIGHT_OTLP_HTTP_PORT: '9',
    SPANLIGHT_TTL_TRACES: '3000d',
    SPANLIGHT_TTL_LOGS: '3000d',
    ...env,
  })
  const config = readConfig()
  const client = createClickHouse(config.clickhouse)
  await migrate(client, { ...config.clickhouse, ttl: config.ttl })
  return {
    engine,
    client,
    insert: async (table, rows) => {
      await client.insert({
        table,
        values: rows,
        format: 'JSONEachRow',
        clickhouse_settings: { date_time_input_format: 'best_effort' },
      })
    },
    stop: async () => {
      await closeApp()
      await client.close()
      await engine.stop()
      await rm(folder, { recursive: true, force: true })
      process.env = before
    },
  }
}

type RouteHandler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>

/** Calls a route as Next would. */
export function call(
  handler: RouteHandler,
  options: {
    readonly body?: unknown
    readonly url?: string
    readonly params?: Record<string, string>
    readonly headers?: Record<string, string>
    readonly signal?: AbortSignal
  } = {},
): Promise<Response> {
  const { body, url = 'http://localhost/api', params = {}, headers = {}, signal } = options
  const request = new Request(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  return handler(request, { params: Promise.resolve(params) })
}
