import { createClickHouse } from '@/server/clickhouse/client'
import { type Config, readConfig } from '@/server/config'
import { endpointOf } from './endpoint'
import { lastDemoTime } from './last-demo-time'
import { loadHistory } from './load-history'
import { startLive } from './start-live'

/**
 * The process behind `npm run demo` and the "Load demo data" button: loads the last half hour once, then keeps
 * a live stream going until it is told to stop. On stdout, JSON lines for the supervisor:
 * {"ready":true}, then {"loaded":true,"spans":…,"logs":…,"points":…,"ms":…}.
 */
const SEED = 'spanlight'
const MINUTES = 30

const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
// The supervisor died: nobody else will stop this process.
process.once('disconnect', () => stopping.abort())

async function main(): Promise<void> {
  const config = readConfig()
  const endpoint = endpointOf(config)
  say({ ready: true })
  const now = Date.now()
  const last = await alreadyThere(config, now)
  // One millisecond further: what ended at that time is there.
  const from = last === null ? {} : { fromMs: Math.min(now, last + 1) }
  const loaded = await loadHistory({
    endpoint,
    seed: SEED,
    minutes: MINUTES,
    now,
    ...from,
    signal: stopping.signal,
  })
  say({ loaded: true, ...loaded, ms: Date.now() - now, continued: last !== null })
  const live = startLive({ endpoint, seed: SEED, sinceMs: now, onTrouble: complain })
  stopping.signal.addEventListener('abort', () => void live.stop(), { once: true })
  if (stopping.signal.aborted) await live.stop()
  await live.done
}

async function alreadyThere(config: Config, now: number): Promise<number | null> {
  const client = createClickHouse(config.clickhouse, { maxOpenConnections: 1 })
  try {
    return await lastDemoTime(client, config.clickhouse.database, now, MINUTES)
  } catch (error) {
    // Better no history than the same history twice.
    complain(`cannot tell whether demo data is loaded, so only the live stream starts: ${textOf(error)}`)
    return now
  } finally {
    await client.close()
  }
}

const say = (message: Readonly<Record<string, unknown>>): void => console.log(JSON.stringify(message))
const complain = (message: string): void => console.error(`demo: ${message}`)
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (stopping.signal.aborted) process.exit(0)
    complain(textOf(error))
    process.exit(1)
  },
)
