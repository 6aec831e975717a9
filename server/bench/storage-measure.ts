import { readFile } from 'node:fs/promises'
import type { ClickHouse } from '@/server/clickhouse/client'
import { LOG_COLUMNS, logRows, type RowRange, SPAN_COLUMNS, spanRows } from './storage-rows'
import type { BenchSignal, Variant } from './storage-variants'

export interface Price {
  readonly name: string
  /** Of all inserts together. */
  readonly insertMs: number
  /** Processor time of the engine for the inserts; null where /proc is missing. */
  readonly insertCpuMs: number | null
  readonly mergeMs: number
  /** Table and rollup together, merged into one part. */
  readonly bytesPerRow: number
  readonly indexBytesPerRow: number
}

export const BATCH = 10_000
const SOURCES = 'bench_rows'

/** Fills one Memory table per insert, so that an insert measures the table it goes into and nothing else. */
export async function prepareRows(client: ClickHouse, signal: BenchSignal, batches: number): Promise<void> {
  await client.command({ query: `CREATE DATABASE IF NOT EXISTS ${SOURCES}` })
  const columns = signal === 'traces' ? SPAN_COLUMNS : LOG_COLUMNS
  const rows = signal === 'traces' ? spanRows : logRows
  for (let i = 0; i < batches; i++) {
    const range: RowRange = { end: '2026-11-20 09:00:00', first: 5_000_000 + i * BATCH, count: BATCH }
    const table = `${SOURCES}.${signal}_${i}`
    await client.command({ query: `DROP TABLE IF EXISTS ${table}` })
    await client.command({
      query: `CREATE TABLE ${table} ENGINE = Memory AS SELECT ${columns} FROM bench_shape.otel_${signal} WHERE 0`,
    })
    await client.command({ query: `INSERT INTO ${table} (${columns}) ${rows(range)}` })
  }
}

export async function measure(
  client: ClickHouse,
  signal: BenchSignal,
  variant: Variant,
  options: { batches: number; pid: number | null; merge: boolean },
): Promise<Price> {
  const database = 'bench_price'
  const columns = signal === 'traces' ? SPAN_COLUMNS : LOG_COLUMNS
  const table = `${database}.otel_${signal}`
  await client.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` })
  await client.command({ query: `CREATE DATABASE ${database}` })
  for (const statement of variant.statements(database)) await client.command({ query: statement })
  await client.command({ query: `SYSTEM STOP MERGES ${table}` })

  const cpuBefore = await processorMs(options.pid)
  const start = performance.now()
  for (let i = 0; i < options.batches; i++) {
    await client.command({
      query: `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${SOURCES}.${signal}_${i}`,
      clickhouse_settings: { insert_deduplication_token: `batch-${i}`, max_insert_threads: '1' },
    })
  }
  const insertMs = performance.now() - start
  const cpuAfter = await processorMs(options.pid)

  await client.command({ query: `SYSTEM START MERGES ${table}` })
  const mergeStart = performance.now()
  if (options.merge) await client.command({ query: `OPTIMIZE TABLE ${table} FINAL` })
  const mergeMs = performance.now() - mergeStart
  const size = await sizes(client, database, options.batches * BATCH)
  return {
    name: variant.name,
    insertMs,
    insertCpuMs: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
    mergeMs,
    ...size,
  }
}

async function sizes(client: ClickHouse, database: string, rows: number) {
  const result = await client.query({
    query: `SELECT toFloat64(sum(bytes_on_disk)) AS bytes, toFloat64(sum(secondary_indices_compressed_bytes)) AS indexes
FROM system.parts WHERE active AND database = {database:String}`,
    query_params: { database },
    format: 'JSONEachRow',
  })
  const [row] = await result.json<{ bytes: number; indexes: number }>()
  return { bytesPerRow: (row?.bytes ?? 0) / rows, indexBytesPerRow: (row?.indexes ?? 0) / rows }
}

/** utime + stime of a process; other load on the machine does not disturb it. */
async function processorMs(pid: number | null): Promise<number | null> {
  if (pid === null) return null
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return null
  }
}
