import type { TableCapability } from '@/lib/otel/capability'
import { compile } from '@/lib/sql/fragment'
import type { TimeRange } from '@/lib/time/range'
import { execute, textOf } from '@/server/clickhouse/execute'
import { indexedKeysStatement, sampledKeysStatement, textIndexOn } from '@/server/query/complete'
import type { ServiceContext } from '../context'
import { orNothing, TIME_MS } from './soft-limit'

export interface CountedKey {
  readonly key: string
  readonly count: number
}

const MAX_KEYS = 2000

/** Attribute keys that were sent, the record's own and the resource's or those of one map, most frequent first. */
export async function listKeys(
  ctx: ServiceContext,
  table: TableCapability,
  range: TimeRange,
  only?: string,
): Promise<CountedKey[]> {
  const wanted = only === undefined ? [table.roles.attributes, table.roles.resource] : [only]
  const maps = wanted.filter((map) =>
    table.columns.some((column) => column.name === map && column.type.startsWith('Map(')),
  )
  const found = await Promise.all(maps.map((map) => keysOf(ctx, table, map ?? '', range)))
  const counts = new Map<string, number>()
  for (const { key, count } of found.flat()) counts.set(key, Math.max(counts.get(key) ?? 0, count))
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count)
}

async function keysOf(ctx: ServiceContext, table: TableCapability, map: string, range: TimeRange) {
  const keys = textIndexOn(table, `mapKeys(${map})`)
  const statement = keys
    ? indexedKeysStatement(table, keys, range, MAX_KEYS)
    : sampledKeysStatement(table, map, range, MAX_KEYS)
  const result = await orNothing(
    execute(ctx.client, compile(statement), {
      signal: ctx.signal,
      limits: { timeMs: TIME_MS },
      tags: { query: 'complete-keys', request: ctx.requestId },
    }),
  )
  return (result?.rows ?? []).map(([key, count]): CountedKey => ({ key: textOf(key), count: Number(count) }))
}
