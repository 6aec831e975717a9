import { randomUUID } from 'node:crypto'
import type http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { SIGNALS } from '@/lib/otel/otlp/decoded'
import { createClickHouse } from '@/server/clickhouse/client'
import { type Config, ConfigError } from '@/server/config'
import { Batcher } from './batcher'
import { ClickHouseInsert } from './clickhouse-insert'
import { DecodePool } from './decode-pool'
import { startGrpcServer } from './grpc-server'
import { createHttpServer } from './http-server'
import { IngestMetrics } from './ingest-metrics'
import { MemoryGate } from './memory-gate'
import { ReadyCheck } from './ready-check'
import { Receiver } from './receiver'
import { retentionMs } from './retention'

export interface Ingest {
  readonly httpPort: number
  readonly grpcPort: number
  stop(): Promise<void>
}

const FLUSH_MS = 100
const FLUSH_ROWS = 10_000
const RETRY_MS = 5_000
const STOP_MS = 6_000
/** A busy engine may be slow; giving up early would only make it do the work again. */
const INSERT_TIMEOUT_MS = 120_000
/**
 * What Node and the code need. Of the rest a quarter may be held as bodies and rows: decoding a large body takes
 * several times its size, and freed buffers stay resident until the next garbage collection.
 */
const BASE_BYTES = 160 * 1024 * 1024
const MIN_HELD_BYTES = 32 * 1024 * 1024

/** Starts the receiver. @throws ConfigError when a port is taken */
export async function startIngest(config: Config): Promise<Ingest> {
  const metrics = new IngestMetrics()
  const memory = new MemoryGate(
    Math.max(MIN_HELD_BYTES, Math.floor((config.ingestMemoryBytes - BASE_BYTES) / 4)),
  )
  const client = createClickHouse(config.clickhouse, {
    maxOpenConnections: 8,
    requestTimeoutMs: INSERT_TIMEOUT_MS,
  })
  const ready = new ReadyCheck(client)
  const inserts = new ClickHouseInsert(client, config.clickhouse, (times) => {
    ready.succeeded()
    metrics.inserted(times)
  })
  const batcher = new Batcher({
    insert: (table, pieces, token) => inserts.insert(table, pieces, token),
    flushMs: FLUSH_MS,
    flushRows: FLUSH_ROWS,
    retryMs: RETRY_MS,
    tokenPrefix: randomUUID(),
    onRetry: (error) => {
      metrics.retried()
      ready.failed(error)
    },
  })
  const pool = new DecodePool()
  const receiver = new Receiver({
    pool,
    batcher,
    memory,
    metrics,
    retentionMs: retentionMs(config.ttl),
    log: (line) => console.error(`ingest: ${line}`),
  })
  const health = () => ({
    live: true,
    ready: ready.isReady,
    problem: ready.problem,
    signals: Object.fromEntries(SIGNALS.map((signal) => [signal, signalHealth(receiver, metrics, signal)])),
    lastReceivedAt: isoOrNull(Math.max(...SIGNALS.map((signal) => receiver.lastReceivedAt[signal] ?? 0))),
  })
  const metricsText = () =>
    metrics.text({
      queueBytes: memory.used,
      queueRows: batcher.waitingRows(),
      oldestAgeMs: batcher.oldestAgeMs(performance.now()),
      openRequests: receiver.openRequests,
    })
  const server = createHttpServer({
    listen: config.otlpListen,
    corsOrigins: config.corsOrigins,
    receiver,
    memory,
    health,
    metricsText,
  })

  const close = async () => {
    ready.stop()
    await Promise.all([pool.close(), client.close()])
  }
  try {
    const httpPort = await listen(server, config.otlpListen, config.otlpHttpPort)
    const grpc = await startGrpcServer({ receiver, memory }, config.otlpListen, config.otlpGrpcPort).catch(
      (error: unknown) => {
        server.close()
        throw error
      },
    )
    ready.start()
    return {
      httpPort,
      grpcPort: grpc.port,
      async stop() {
        server.close()
        server.closeIdleConnections()
        const drained = Promise.all([grpc.stop(), drain(receiver)])
        await Promise.race([drained, sleep(STOP_MS)])
        server.closeAllConnections()
        grpc.force()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

function signalHealth(receiver: Receiver, metrics: IngestMetrics, signal: (typeof SIGNALS)[number]) {
  return { ...metrics.counts(signal), lastReceivedAt: isoOrNull(receiver.lastReceivedAt[signal] ?? 0) }
}

function isoOrNull(ms: number): string | null {
  return ms === 0 ? null : new Date(ms).toISOString()
}

async function drain(receiver: Receiver): Promise<void> {
  while (receiver.openRequests > 0) await sleep(20)
  // The last answers are on their way out.
  await sleep(20)
}

function listen(server: http.Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, host, port)))
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function portError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new ConfigError(
      `port ${port} on ${host} is taken (OTLP over HTTP): stop the other receiver, or set SPANLIGHT_OTLP_HTTP_PORT to a free port`,
    )
  }
  return new ConfigError(`cannot listen on ${host}:${port} (OTLP over HTTP): ${error.message}`)
}
