import { ClickHouseError, type ClickHouseSettings, type ResponseJSON } from '@clickhouse/client'
import { z } from 'zod'
import type { ColumnMeta, Statistics } from '@/lib/api/common'
import { ProblemError } from '@/lib/api/problem-error'
import type { CompiledSql } from '@/lib/sql/fragment'
import type { ClickHouse } from './client'
import { type SqlAuthor, toProblem } from './errors'

export interface QueryLimits {
  readonly timeMs: number
  readonly resultRows: number
  readonly resultBytes: number
  readonly memoryBytes: number
}

export const DEFAULT_LIMITS: QueryLimits = {
  timeMs: 30_000,
  resultRows: 1_000_000,
  resultBytes: 256 * 1024 ** 2,
  memoryBytes: 2 * 1024 ** 3,
}

export interface ExecuteOptions {
  /** Closing the request ends the query in the engine too. */
  readonly signal?: AbortSignal
  readonly limits?: Partial<QueryLimits>
  /** What asked, for `system.processes` and the query log. Never values of the person's data. */
  readonly tags?: Readonly<Record<string, string>>
  readonly settings?: ClickHouseSettings
  /** Settings that only make it faster: left out on servers that do not know them. */
  readonly tuning?: ClickHouseSettings
  /** `person`: the statement holds SQL that somebody typed. It runs as the role `viewer` and its errors are shown. */
  readonly author?: SqlAuthor
  /** For display in an error. */
  readonly shownSql?: string
  /** The search that the statement was made of, for the place of a mistake that only the engine can see. */
  readonly searchText?: string | undefined
}

export type Cell = unknown

export interface QueryResult {
  readonly columns: readonly ColumnMeta[]
  readonly rows: readonly (readonly Cell[])[]
  readonly statistics: Statistics
}

export const NO_STATISTICS: Statistics = { elapsedMs: 0, rowsRead: 0, bytesRead: 0 }

export function addStatistics(a: Statistics, b: Statistics): Statistics {
  return {
    elapsedMs: a.elapsedMs + b.elapsedMs,
    rowsRead: a.rowsRead + b.rowsRead,
    bytesRead: a.bytesRead + b.bytesRead,
  }
}

/**
 * Runs one read-only statement and gives its whole, limited result. 64-bit integers and times are strings.
 * The only caller of the client for queries.
 * @throws ProblemError by ClickHouse's error code; an abort as the signal's reason.
 */
export async function execute(
  client: ClickHouse,
  compiled: CompiledSql,
  options: ExecuteOptions = {},
): Promise<QueryResult> {
  const { signal, author = 'product' } = options
  signal?.throwIfAborted()
  const tuning = withoutTuning.has(client) ? {} : (options.tuning ?? {})
  try {
    const result = await client.query({
      query: compiled.sql,
      query_params: compiled.params,
      format: 'JSONCompact',
      clickhouse_settings: { ...tuning, ...settingsOf(options) },
      ...(signal ? { abort_signal: signal } : {}),
      ...(author === 'person' ? { role: 'viewer' } : {}),
    })
    const answer = await result.json<readonly Cell[]>()
    const summary = result.response_headers['x-clickhouse-summary']
    return { columns: answer.meta ?? [], rows: answer.data, statistics: statisticsOf(answer, summary) }
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof ClickHouseError && error.code === UNKNOWN_SETTING && !withoutTuning.has(client)) {
      withoutTuning.add(client)
      return execute(client, compiled, options)
    }
    throw toProblem(error, author, options)
  }
}

const UNKNOWN_SETTING = '115'

/** Clients of servers too old for some tuning setting. */
const withoutTuning = new WeakSet<ClickHouse>()

/** One row of a small answer, or null. */
export async function executeOne(
  client: ClickHouse,
  compiled: CompiledSql,
  options: ExecuteOptions = {},
): Promise<readonly Cell[] | null> {
  return (await execute(client, compiled, options)).rows[0] ?? null
}

/** Rows as objects, keyed by the statement's column names. */
export function toObjects(result: QueryResult): Record<string, Cell>[] {
  return result.rows.map((row) =>
    Object.fromEntries(result.columns.map((column, i) => [column.name, row[i]])),
  )
}

/** Text of a cell that the statement promises to be a string. */
export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell === null || cell === undefined ? '' : String(cell)
}

const Summary = z.object({
  read_rows: z.coerce.number(),
  read_bytes: z.coerce.number(),
  elapsed_ns: z.coerce.number().optional(),
})

/** The header is complete, as the head waits for the end; the format's own counts stand in where it is absent. */
function statisticsOf(answer: ResponseJSON<unknown>, header: string | string[] | undefined): Statistics {
  const read = answer.statistics ?? { elapsed: 0, rows_read: 0, bytes_read: 0 }
  const own = { elapsedMs: read.elapsed * 1000, rowsRead: read.rows_read, bytesRead: read.bytes_read }
  if (typeof header !== 'string') return own
  const summary = Summary.safeParse(JSON.parse(header))
  if (!summary.success) return own
  const { read_rows, read_bytes, elapsed_ns } = summary.data
  return {
    elapsedMs: elapsed_ns === undefined ? own.elapsedMs : elapsed_ns / 1e6,
    rowsRead: read_rows,
    bytesRead: read_bytes,
  }
}

function settingsOf(options: ExecuteOptions): ClickHouseSettings {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  return {
    ...options.settings,
    // 2 lets the settings of this very request through; a person's SQL cannot hold SETTINGS (the guard).
    readonly: options.author === 'person' ? '1' : '2',
    max_execution_time: limits.timeMs / 1000,
    timeout_overflow_mode: 'throw',
    max_result_rows: String(limits.resultRows),
    max_result_bytes: String(limits.resultBytes),
    result_overflow_mode: 'throw',
    max_memory_usage: String(limits.memoryBytes),
    // The answer is complete before its head is sent: an error then has its HTTP status.
    wait_end_of_query: 1,
    cancel_http_readonly_queries_on_client_close: 1,
    output_format_json_quote_64bit_integers: 1,
    output_format_json_quote_denormals: 1,
    output_format_json_named_tuples_as_objects: 1,
    date_time_output_format: 'iso',
    log_comment: JSON.stringify({ app: 'spanlight', ...options.tags }),
  }
}

/** An internal invariant: these statements always give a row. */
export function required<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new ProblemError('internal', `${what} is missing.`)
  return value
}
