import { createClickHouse } from '@/server/clickhouse/client'
import { migrate } from '@/server/clickhouse/schema/migrate'
import { readConfig } from '@/server/config'
import { referenceStatements } from '@/server/demo/seed/reference'
import { startTestEngine } from '@/server/engine/testing'

export interface ReferenceDatabase {
  readonly url: string
  /** The fixed end of its 24 hours. */
  readonly end: string
  stop(): Promise<void>
}

/** Ten million spans and logs take some minutes and 1.5 GB; fewer show the same order of things. */
const MILLIONS = 10
const HOUR_MS = 3_600_000

/** An engine of its own with the reference rows, merged, in a temporary folder. */
export async function startReferenceDatabase(millions = MILLIONS): Promise<ReferenceDatabase> {
  const endMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
  const engine = await startTestEngine({ env: { SPANLIGHT_ENGINE_MEMORY: '4GiB' } })
  const { clickhouse, ttl } = readConfig({ CLICKHOUSE_URL: engine.url })
  const client = createClickHouse(clickhouse, { requestTimeoutMs: 1_800_000 })
  try {
    await migrate(client, { database: clickhouse.database, cluster: null, ttl })
    const statements = referenceStatements({ millions, endMs })
    for (const [done, query] of statements.entries()) {
      await client.command({ query })
      console.error(`reference rows: ${done + 1} of ${statements.length} inserts`)
    }
    for (const table of ['otel_traces', 'otel_logs'])
      await client.command({ query: `OPTIMIZE TABLE ${table} FINAL` })
  } catch (error) {
    await engine.stop()
    throw error
  } finally {
    await client.close()
  }
  return { url: engine.url, end: new Date(endMs).toISOString(), stop: async () => void (await engine.stop()) }
}
