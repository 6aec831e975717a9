import { type ClickHouse, createClickHouse } from '@/server/clickhouse/client'
import { migrate } from '@/server/clickhouse/schema/migrate'
import { type Config, readConfig } from '@/server/config'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'
import { type Ingest, startIngest } from './start-ingest'

export interface TestReceiver {
  readonly engine: TestEngine
  readonly client: ClickHouse
  readonly config: Config
  readonly ingest: Ingest
  /** `http://127.0.0.1:port` */
  readonly http: string
  /** `127.0.0.1:port` */
  readonly grpc: string
  rows<T>(query: string): Promise<T[]>
  stop(): Promise<void>
}

/** The configuration of a receiver on free ports before a given ClickHouse. */
export function testConfig(clickhouseUrl: string, changes: Partial<Config> = {}): Config {
  const config = readConfig({ CLICKHOUSE_URL: clickhouseUrl })
  return { ...config, otlpHttpPort: 0, otlpGrpcPort: 0, ...changes }
}

/** The real engine with Spanlight's tables, and a receiver in this process before it. */
export async function startTestReceiver(changes: Partial<Config> = {}): Promise<TestReceiver> {
  const engine = await startTestEngine()
  const config = testConfig(engine.url, changes)
  const client = createClickHouse(config.clickhouse)
  await migrate(client, { ...config.clickhouse, ttl: config.ttl })
  const ingest = await startIngest(config)
  return {
    engine,
    client,
    config,
    ingest,
    http: `http://127.0.0.1:${ingest.httpPort}`,
    grpc: `127.0.0.1:${ingest.grpcPort}`,
    async rows<T>(query: string) {
      const answer = await client.query({ query, format: 'JSONEachRow' })
      return answer.json<T>()
    },
    async stop() {
      await ingest.stop()
      await client.close()
      await engine.stop()
    },
  }
}
