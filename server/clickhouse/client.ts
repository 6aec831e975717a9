import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseConfig } from '@/server/config'

export type ClickHouse = ReturnType<typeof createClient>

export interface ClientOptions {
  /** Sockets kept open at most; a process that only inserts needs few. */
  readonly maxOpenConnections?: number
  /** The client's own limit, longer than any query's. */
  readonly requestTimeoutMs?: number
}

/** The one way to a ClickHouse client, embedded engine or real server alike. */
export function createClickHouse(config: ClickHouseConfig, options: ClientOptions = {}): ClickHouse {
  return createClient({
    url: config.url,
    username: config.user,
    password: config.password,
    database: config.database,
    application: 'spanlight',
    // Errors reach people through the caller; the client would print them a second time, with settings.
    log: { level: ClickHouseLogLevel.OFF },
    max_open_connections: options.maxOpenConnections ?? 16,
    request_timeout: options.requestTimeoutMs ?? 120_000,
    // Long value lists travel as a form: URLs have a length limit.
    use_multipart_params_auto: true,
    // Compressing on loopback costs more than it saves.
    compression: { response: !config.embedded, request: false },
  })
}
