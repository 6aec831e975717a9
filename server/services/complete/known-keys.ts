import type { TableCapability } from '@/lib/otel/capability'
import { msToNanos } from '@/lib/time/range'
import { earliest } from '@/server/query/nanos'
import type { ServiceContext } from '../context'
import { listKeys } from './list-keys'

const LIFETIME_MS = 30_000
const DAY_MS = 86_400_000
/** With so many keys the list is cut: then nobody can say that a key was never sent. */
const TOO_MANY = 2000

interface Entry {
  readonly keys: Promise<ReadonlySet<string> | null>
  readonly expires: number
}

const cache = new WeakMap<object, Map<string, Entry>>()

/** Attribute keys seen in the last day before `nowMs` and in the range, or null when they are too many to list. */
export function knownKeys(
  ctx: ServiceContext,
  table: TableCapability,
  from: bigint,
): Promise<ReadonlySet<string> | null> {
  const day = msToNanos(ctx.nowMs - DAY_MS)
  const range = { from: earliest(from, day), to: msToNanos(ctx.nowMs + DAY_MS) }
  const tables = cache.get(ctx.client) ?? new Map<string, Entry>()
  cache.set(ctx.client, tables)
  const name = `${table.database}.${table.table}.${range.from / msToNanos(DAY_MS)}`
  const known = tables.get(name)
  if (known && known.expires > ctx.nowMs) return known.keys
  // Shared by requests: one caller who leaves must not fail the others.
  const shared = { ...ctx, signal: new AbortController().signal }
  const keys = listKeys(shared, table, range).then((found) =>
    found.length >= TOO_MANY ? null : new Set(found.map(({ key }) => key)),
  )
  keys.catch(() => tables.delete(name))
  tables.set(name, { keys, expires: ctx.nowMs + LIFETIME_MS })
  return keys
}
