import { loadCapabilities } from '@/server/clickhouse/capabilities'
import { createClickHouse } from '@/server/clickhouse/client'
import { toProblem } from '@/server/clickhouse/errors'
import { readConfig } from '@/server/config'
import type { App } from '@/server/services/context'
import { openStore, type Store } from '@/server/store/store'

declare global {
  var spanlightApp: App | undefined
}

/**
 * The process's one client and store. Kept on globalThis because Next bundles each route on its own, and a
 * module's variable would exist once per route.
 */
export function getApp(): App {
  globalThis.spanlightApp ??= createApp()
  return globalThis.spanlightApp
}

/** Forgets the app, so that the next request reads the environment again. For tests. */
export async function closeApp(): Promise<void> {
  const app = globalThis.spanlightApp
  globalThis.spanlightApp = undefined
  await app?.client.close()
}

function createApp(): App {
  const config = readConfig()
  const client = createClickHouse(config.clickhouse)
  let store: Promise<Store> | null = null
  return {
    config,
    client,
    capabilities: async () => {
      try {
        return await loadCapabilities(client, config.clickhouse.database)
      } catch (error) {
        throw toProblem(error, 'product')
      }
    },
    store: () => {
      store ??= openStore(config.databaseUrl).catch((error: unknown) => {
        store = null
        throw error
      })
      return store
    },
  }
}
