import os from 'node:os'
import path from 'node:path'

/**
 * Every environment variable that Spanlight reads, checked in one place (docs/ARCHITECTURE.md lists them).
 * A wrong value is a ConfigError whose message names the variable, the problem and an example.
 */

export class ConfigError extends Error {}

export interface ClickHouseConfig {
  /** HTTP(S) address without credentials. */
  readonly url: string
  readonly user: string
  readonly password: string
  readonly database: string
  /** Cluster name: DDL runs ON CLUSTER with replicated tables. */
  readonly cluster: string | null
  /** True when this is Spanlight's own engine on loopback. */
  readonly embedded: boolean
}

export interface Config {
  /** null: 3000, or the next free port. */
  readonly port: number | null
  readonly listen: string
  readonly otlpListen: string
  readonly uiToken: string | null
  readonly otlpHttpPort: number
  readonly otlpGrpcPort: number
  readonly enginePort: number
  /** True when SPANLIGHT_ENGINE_PORT was set: then a taken port is an error, else the next free one is used. */
  readonly enginePortSet: boolean
  readonly dataDir: string
  readonly engineMemoryBytes: number
  readonly clickhouse: ClickHouseConfig
  /** libsql URL of the app store. */
  readonly databaseUrl: string
  readonly ttl: { readonly traces: string; readonly logs: string; readonly metrics: string }
  readonly ingestMemoryBytes: number
  readonly corsOrigins: readonly string[]
}

type Env = Readonly<Record<string, string | undefined>>

export function readConfig(env: Env = process.env): Config {
  const text = (name: string): string | null => {
    const value = env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  const port = (name: string): number | null => {
    const value = text(name)
    if (value === null) return null
    if (!/^\d{1,5}$/.test(value) || Number(value) < 1 || Number(value) > 65535) {
      throw wrong(name, value, 'is not a port from 1 to 65535', '4318')
    }
    return Number(value)
  }
  const bytes = (name: string, fallback: number): number => {
    const value = text(name)
    return value === null ? fallback : parseBytes(name, value)
  }
  const ttl = (name: string, fallback: string): string => {
    const value = text(name) ?? fallback
    if (!/^[1-9]\d{0,5}[hd]$/.test(value)) {
      throw wrong(name, value, 'is not a number of hours or days', '7d')
    }
    return value
  }

  const enginePort = port('SPANLIGHT_ENGINE_PORT')
  const dataDir = path.resolve(/* turbopackIgnore: true */ text('SPANLIGHT_DATA_DIR') ?? './data')
  const listen = text('SPANLIGHT_LISTEN') ?? '127.0.0.1'
  const uiToken = text('SPANLIGHT_UI_TOKEN')
  if (!isLoopback(listen) && uiToken === null) {
    throw new ConfigError(
      `SPANLIGHT_LISTEN=${listen} opens the web UI beyond this machine: set SPANLIGHT_UI_TOKEN to a long secret too, for example SPANLIGHT_UI_TOKEN=$(openssl rand -hex 24)`,
    )
  }
  if (uiToken !== null && uiToken.length < 12) {
    throw new ConfigError(
      'SPANLIGHT_UI_TOKEN is shorter than 12 characters: use a long secret, for example the output of openssl rand -hex 24',
    )
  }
  return {
    port: port('PORT'),
    listen,
    otlpListen: text('SPANLIGHT_OTLP_LISTEN') ?? '127.0.0.1',
    uiToken,
    otlpHttpPort: port('SPANLIGHT_OTLP_HTTP_PORT') ?? 4318,
    otlpGrpcPort: port('SPANLIGHT_OTLP_GRPC_PORT') ?? 4317,
    enginePort: enginePort ?? 8123,
    enginePortSet: enginePort !== null,
    dataDir,
    engineMemoryBytes: bytes('SPANLIGHT_ENGINE_MEMORY', Math.floor(os.totalmem() / 4)),
    clickhouse: clickhouseConfig(text, enginePort ?? 8123),
    databaseUrl: storeUrl(text('SPANLIGHT_DATABASE_URL')) ?? `file:${path.join(dataDir, 'spanlight.db')}`,
    ttl: {
      traces: ttl('SPANLIGHT_TTL_TRACES', '7d'),
      logs: ttl('SPANLIGHT_TTL_LOGS', '30d'),
      metrics: ttl('SPANLIGHT_TTL_METRICS', '365d'),
    },
    ingestMemoryBytes: bytes('SPANLIGHT_INGEST_MEMORY', 512 * 1024 ** 2),
    corsOrigins: (text('SPANLIGHT_CORS_ORIGINS') ?? '')
      .split(',')
      .map((s) => s.trim())
      .filter(Boolean),
  }
}

function clickhouseConfig(text: (name: string) => string | null, enginePort: number): ClickHouseConfig {
  const name = text('CLICKHOUSE_URL') !== null ? 'CLICKHOUSE_URL' : 'CLICKHOUSE_ENDPOINT'
  const given = text(name)
  const database = text('CLICKHOUSE_DATABASE') ?? 'default'
  const cluster = text('CLICKHOUSE_CLUSTER')
  if (given === null) {
    const url = `http://127.0.0.1:${enginePort}`
    return { url, user: 'default', password: '', database, cluster: null, embedded: true }
  }
  const url = parseClickHouseUrl(name, given)
  const user = text('CLICKHOUSE_USER') ?? (decodeURIComponent(url.username) || 'default')
  const password = text('CLICKHOUSE_PASSWORD') ?? decodeURIComponent(url.password)
  const path = url.pathname.replace(/^\/|\/$/g, '')
  url.username = ''
  url.password = ''
  url.pathname = ''
  return {
    url: url.href.replace(/\/$/, ''),
    user,
    password,
    database: text('CLICKHOUSE_DATABASE') ?? (path === '' ? database : decodeURIComponent(path)),
    cluster,
    embedded: false,
  }
}

/** Messages never repeat the URL as given: it may hold a password. */
function parseClickHouseUrl(name: string, given: string): URL {
  let url: URL
  try {
    url = new URL(given)
  } catch {
    throw new ConfigError(
      `${name} is not a URL: give the HTTP address, for example ${name}=http://127.0.0.1:8123`,
    )
  }
  try {
    for (const part of [url.username, url.password, url.pathname]) decodeURIComponent(part)
  } catch {
    throw new ConfigError(
      `${name} has a broken %-escape in its user, password or path: write a percent sign as %25`,
    )
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') return url
  const host = url.hostname || '127.0.0.1'
  const secure = url.protocol === 'https:' || url.port === '9440' || /secure/.test(url.protocol)
  throw new ConfigError(
    `${name} uses ${url.protocol}//, the native protocol: Spanlight speaks ClickHouse's HTTP interface, so write ${name}=${secure ? `https://${host}:8443` : `http://${host}:8123`}`,
  )
}

/** The address may hold a token: messages do not repeat it. */
function storeUrl(given: string | null): string | null {
  if (given === null || /^(file|libsql|https?|wss?):./i.test(given)) return given
  throw new ConfigError(
    'SPANLIGHT_DATABASE_URL is not the address of a libsql store: give a file or a server, for example SPANLIGHT_DATABASE_URL=file:/var/lib/spanlight/spanlight.db',
  )
}

function parseBytes(name: string, value: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|KiB|MB|MiB|GB|GiB)?$/i.exec(value)
  if (!match) throw wrong(name, value, 'is not a size', '2GiB')
  const factors: Readonly<Record<string, number>> = {
    b: 1,
    kb: 1e3,
    kib: 1024,
    mb: 1e6,
    mib: 1024 ** 2,
    gb: 1e9,
    gib: 1024 ** 3,
  }
  const size = Math.floor(Number(match[1]) * (factors[(match[2] ?? 'b').toLowerCase()] ?? 1))
  if (size < 64 * 1024 ** 2) throw wrong(name, value, 'is less than 64MiB', '512MiB')
  return size
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

function wrong(name: string, value: string, problem: string, example: string): ConfigError {
  return new ConfigError(`${name}=${value} ${problem}: for example ${name}=${example}`)
}
