import os from 'node:os'
import { createClickHouse } from '@/server/clickhouse/client'
import { migrate } from '@/server/clickhouse/schema/migrate'
import { startTestEngine } from '@/server/engine/testing'
import { BATCH, measure, type Price, prepareRows } from './storage-measure'
import { type BenchSignal, variants } from './storage-variants'

/**
 * `node --import tsx server/bench/storage.ts [traces|logs] [batches] [rounds]`: what each index and rollup costs
 * on insert and on disk, on an engine of its own, as the tables of docs/BENCHMARKS.md.
 */
async function main(): Promise<void> {
  const [signal, batches = '50', rounds = '3'] = process.argv.slice(2)
  const signals: BenchSignal[] = signal === 'traces' || signal === 'logs' ? [signal] : ['traces', 'logs']
  const engine = await startTestEngine()
  const client = createClickHouse({
    url: engine.url,
    user: 'default',
    password: '',
    database: 'default',
    cluster: null,
    embedded: true,
  })
  try {
    await migrate(client, {
      database: 'bench_shape',
      cluster: null,
      ttl: { traces: '3650d', logs: '3650d', metrics: '3650d' },
    })
    console.log(
      `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.version}\n`,
    )
    for (const each of signals) {
      await prepareRows(client, each, Number(batches))
      const prices = await priceAll(each, Number(batches), Number(rounds))
      console.log(table(each, prices, Number(batches)))
    }
  } finally {
    await client.close()
    await engine.stop()
  }

  /** Rounds go through all variants, so that a busy minute hits them alike; the best of each counts. */
  async function priceAll(each: BenchSignal, count: number, times: number): Promise<Price[]> {
    const best = new Map<string, Price>()
    for (let round = 0; round < times; round++) {
      for (const variant of variants(each)) {
        const options = { batches: count, pid: engine.pid, merge: round === times - 1 }
        const price = await measure(client, each, variant, options)
        const known = best.get(variant.name)
        best.set(variant.name, known ? cheaper(known, price) : price)
      }
    }
    return [...best.values()]
  }
}

/** The smaller times; sizes of the later one, which was merged. */
function cheaper(known: Price, later: Price): Price {
  return {
    ...later,
    insertMs: Math.min(known.insertMs, later.insertMs),
    insertCpuMs:
      known.insertCpuMs === null || later.insertCpuMs === null
        ? null
        : Math.min(known.insertCpuMs, later.insertCpuMs),
  }
}

function table(signal: BenchSignal, prices: readonly Price[], batches: number): string {
  const base = prices[0]
  const perMillion = 1e6 / (batches * BATCH)
  const seconds = (ms: number | null) => (ms === null ? '' : ((ms * perMillion) / 1000).toFixed(2))
  const times = (ms: number | null, of: number | null | undefined) =>
    ms === null || !of ? '' : (ms / of).toFixed(2)
  return [
    `| ${signal} | insert s/M | × | CPU s/M | × | merge s/M | bytes a row | of it indexes |`,
    '|---|---|---|---|---|---|---|---|',
    ...prices.map((price) =>
      [
        '',
        price.name,
        seconds(price.insertMs),
        times(price.insertMs, base?.insertMs),
        seconds(price.insertCpuMs),
        times(price.insertCpuMs, base?.insertCpuMs),
        seconds(price.mergeMs),
        price.bytesPerRow.toFixed(1),
        price.indexBytesPerRow.toFixed(1),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    '',
  ].join('\n')
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
