import type { IncomingMessage } from 'node:http'
import { EngineError } from '../exception'

/** What the URL (and the fields of a form) say about a query. */
export interface QueryOptions {
  readonly query: string
  readonly queryId: string | null
  readonly database: string | null
  readonly defaultFormat: string | null
  readonly roles: readonly string[]
  /** Query parameters, as sent: with ClickHouse's backslash escapes. */
  readonly params: ReadonlyMap<string, string>
  readonly settings: ReadonlyMap<string, string>
  readonly waitEndOfQuery: boolean
  readonly compress: boolean
}

/** Understood and not needed here: there is one user, and no session outlives its request. */
const IGNORED = new Set([
  'user',
  'password',
  'quota_key',
  'session_id',
  'session_check',
  'session_timeout',
  'close_session',
  'stacktrace',
  'buffer_size',
  'client_protocol_version',
])

export function readOptions(request: IncomingMessage, url: URL, fields: URLSearchParams): QueryOptions {
  const params = new Map<string, string>()
  const settings = new Map<string, string>()
  const roles: string[] = []
  const known = new Map<string, string>()
  for (const [name, value] of [...url.searchParams, ...fields]) {
    if (name.startsWith('param_')) params.set(name.slice('param_'.length), value)
    else if (name === 'role') roles.push(value)
    else if (KNOWN.has(name)) known.set(name, value)
    else if (!IGNORED.has(name)) settings.set(settingName(name), value)
  }
  if (known.get('compress') === '1' || known.get('decompress') === '1') {
    throw new EngineError(
      48,
      "The native compression of compress=1 and decompress=1 is not supported: use HTTP's own (Accept-Encoding, Content-Encoding)",
      'NOT_IMPLEMENTED',
    )
  }
  const compress = settings.get('enable_http_compression') ?? '0'
  settings.delete('enable_http_compression')
  return {
    query: known.get('query') ?? '',
    queryId: known.get('query_id') ?? null,
    database: known.get('database') ?? header(request, 'x-clickhouse-database'),
    defaultFormat: formatName(known.get('default_format') ?? header(request, 'x-clickhouse-format')),
    roles,
    params,
    settings,
    waitEndOfQuery: known.get('wait_end_of_query') === '1',
    compress: compress === '1' || compress === 'true',
  }
}

const KNOWN = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'compress',
  'decompress',
  'wait_end_of_query',
])

/** It becomes a part of the statement. */
function formatName(name: string | null): string | null {
  if (name === null || name === '') return null
  if (/^\w+$/.test(name)) return name
  throw new EngineError(73, `Unknown format ${name.slice(0, 80)}`)
}

function settingName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) && name !== 'workload') return name
  throw new EngineError(115, `Unknown setting '${name}'`)
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}
