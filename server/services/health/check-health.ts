import type { HealthResponse } from '@/lib/api/sources'
import { compile, sql } from '@/lib/sql/fragment'
import { executeOne, textOf } from '@/server/clickhouse/execute'
import type { ServiceContext } from '../context'
import { migrationsPending } from './migrations-pending'

const TIMEOUT_MS = 3000

/** GET /api/v1/health: asks every part, each within three seconds. */
export async function checkHealth(ctx: ServiceContext): Promise<HealthResponse> {
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(TIMEOUT_MS)])
  const [version, pending, ingestError, storeError] = await Promise.all([
    engineVersion(ctx, signal),
    migrationsPending(ctx).catch(() => true),
    ingestProblem(ctx, signal),
    ctx.store().then(
      () => null,
      (error: unknown) => messageOf(error),
    ),
  ])
  const missing = [
    ...(version.value === null ? ['engine'] : []),
    ...(pending ? ['migrations'] : []),
    ...(ingestError === null ? [] : ['ingest']),
    ...(storeError === null ? [] : ['store']),
  ]
  const { config } = ctx
  return {
    status: missing.length === 0 ? 'ok' : 'unavailable',
    missing,
    engine: {
      version: version.value,
      embedded: config.clickhouse.embedded,
      ...(version.error === null ? {} : { error: version.error }),
    },
    ingest: {
      ready: ingestError === null,
      httpEndpoint: `http://${publicHost(config.otlpListen)}:${config.otlpHttpPort}`,
      grpcEndpoint: `http://${publicHost(config.otlpListen)}:${config.otlpGrpcPort}`,
      ...(ingestError === null ? {} : { error: ingestError }),
    },
  }
}

async function engineVersion(ctx: ServiceContext, signal: AbortSignal) {
  try {
    const row = await executeOne(ctx.client, compile(sql`SELECT version()`), {
      signal,
      tags: { query: 'health' },
    })
    return { value: textOf(row?.[0]), error: null }
  } catch (error) {
    return { value: null, error: messageOf(error) }
  }
}

async function ingestProblem(ctx: ServiceContext, signal: AbortSignal): Promise<string | null> {
  const host = ctx.config.otlpListen === '0.0.0.0' ? '127.0.0.1' : ctx.config.otlpListen
  const url = `http://${host.includes(':') ? '[::1]' : host}:${ctx.config.otlpHttpPort}/health`
  try {
    const response = await fetch(url, { signal })
    await response.body?.cancel()
    return response.ok ? null : `The OTLP receiver answers ${response.status}.`
  } catch {
    return `The OTLP receiver does not answer on port ${ctx.config.otlpHttpPort}.`
  }
}

/** What a sender on this machine writes. */
function publicHost(listen: string): string {
  if (listen === '0.0.0.0' || listen === '::' || listen === '127.0.0.1') return 'localhost'
  return listen.includes(':') ? `[${listen}]` : listen
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown'
}
