import { pendingMigrations } from '@/server/clickhouse/schema/migrate'
import type { ServiceContext } from '../context'

/** True while tables of ours are missing or old. Once all are there they stay there: asked until then only. */
export async function migrationsPending(ctx: ServiceContext): Promise<boolean> {
  if (upToDate.has(ctx.client)) return false
  const { database, cluster } = ctx.config.clickhouse
  const { pending } = await pendingMigrations(ctx.client, { database, cluster, ttl: ctx.config.ttl })
  if (pending.length > 0) return true
  upToDate.add(ctx.client)
  return false
}

const upToDate = new WeakSet<object>()
