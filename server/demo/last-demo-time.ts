import { compile, id, param, sql } from '@/lib/sql/fragment'
import type { ClickHouse } from '@/server/clickhouse/client'
import { execute, textOf } from '@/server/clickhouse/execute'
import { SERVICE_NAMES, SHOP_NAMESPACE } from './shop/services'

/**
 * When the shop last exported a span within the last `minutes`, as epoch milliseconds; null when it did not.
 *
 * This is what keeps a second start from doubling the data: loading goes on from here, since the timeline's
 * windows fit together. The rows themselves are the marker (service.namespace = spanlight-demo), so there is no
 * file that could disagree with the tables. It reads the shop's rows of half an hour, about 0.1 s.
 */
export async function lastDemoTime(
  client: ClickHouse,
  database: string,
  nowMs: number,
  minutes: number,
): Promise<number | null> {
  const from = BigInt(Math.floor(nowMs - (minutes + 5) * 60_000)) * 1_000_000n
  const statement = sql`SELECT max(toUnixTimestamp64Nano(Timestamp) + toInt64(Duration)) AS last, count() AS spans
    FROM ${id(database, 'otel_traces')}
    WHERE Timestamp >= fromUnixTimestamp64Nano(${param(from, 'Int64')})
      AND ServiceName IN ${param(SERVICE_NAMES, 'Array(String)')}
      AND ResourceAttributes['service.namespace'] = ${param(SHOP_NAMESPACE, 'String')}`
  const { rows } = await execute(client, compile(statement), { tags: { for: 'demo' } })
  const [last, spans] = rows[0] ?? []
  if (textOf(spans) === '0') return null
  return Number(BigInt(textOf(last)) / 1_000_000n)
}

/** True when the shop has telemetry of the last half hour: loading would only fill the gap since then. */
export async function demoIsLoaded(client: ClickHouse, database: string, nowMs: number): Promise<boolean> {
  return (await lastDemoTime(client, database, nowMs, 30)) !== null
}
