import type { TableCapability } from '@/lib/otel/capability'
import type { ClickHouse } from '@/server/clickhouse/client'
import type { Config } from '@/server/config'
import type { Store } from '@/server/store/store'

/** What lives as long as the process. */
export interface App {
  readonly config: Config
  readonly client: ClickHouse
  /** Opened at first use: most calls do not need it. */
  readonly store: () => Promise<Store>
  readonly capabilities: () => Promise<readonly TableCapability[]>
}

/** What a verb works with. */
export interface ServiceContext extends App {
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal
  readonly requestId: string
  readonly nowMs: number
}
