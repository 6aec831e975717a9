import { Readable } from 'node:stream'
import { ClickHouseError } from '@clickhouse/client'
import { insertColumns, type TableName } from '@/lib/otel/otlp/tables'
import type { ClickHouse } from '@/server/clickhouse/client'
import type { ClickHouseConfig } from '@/server/config'
import { bytesOf, type Piece, rowsOf } from './deliver-split'
import { InsertError } from './insert-error'
import { insertStatement, type TableColumn } from './insert-statement'

/**
 * ClickHouse's own error numbers for rows that it will never accept: unreadable values, types that do not convert,
 * sizes over a limit, a violated constraint.
 */
const CONTENT: ReadonlySet<number> = new Set([
  6, 26, 27, 32, 33, 38, 41, 53, 69, 70, 72, 117, 128, 130, 131, 190, 248, 321, 349, 407, 441, 469, 691,
])

/** A description of a table may be this old, then it is read again: somebody may have altered it. */
const DESCRIPTION_MS = 60_000

export interface InsertTimes {
  readonly table: TableName
  readonly rows: number
  readonly ms: number
}

/** Inserts batches over HTTP, in the form that each table's own columns ask for. */
export class ClickHouseInsert {
  private readonly statements = new Map<TableName, { sql: string; until: number }>()

  constructor(
    private readonly client: ClickHouse,
    private readonly config: Pick<ClickHouseConfig, 'database' | 'cluster'>,
    private readonly onInserted: (times: InsertTimes) => void,
  ) {}

  /** @throws InsertError */
  async insert(table: TableName, pieces: readonly Piece[], token: string): Promise<void> {
    const start = performance.now()
    try {
      const { stream } = await this.client.exec({
        query: await this.statement(table),
        values: Readable.from(pieces.map(bytesOf), { objectMode: false }),
        clickhouse_settings: {
          insert_deduplication_token: token,
          deduplicate_blocks_in_dependent_materialized_views: 1,
          async_insert: 0,
          // Through a Distributed table, accepted has to mean stored on the shard.
          ...(this.config.cluster === null ? {} : { distributed_foreground_insert: 1 }),
        },
      })
      for await (const _ of stream) {
        // An INSERT answers nothing; the stream has to be read to its end all the same.
      }
    } catch (error) {
      this.statements.delete(table)
      throw toInsertError(table, error)
    }
    this.onInserted({ table, rows: rowsOf(pieces), ms: performance.now() - start })
  }

  private async statement(table: TableName): Promise<string> {
    const known = this.statements.get(table)
    if (known && known.until > performance.now()) return known.sql
    const sql = insertStatement(this.config.database, table, insertColumns(table), await this.describe(table))
    this.statements.set(table, { sql, until: performance.now() + DESCRIPTION_MS })
    return sql
  }

  private async describe(table: TableName): Promise<TableColumn[]> {
    const answer = await this.client.query({
      query:
        'SELECT name, type FROM system.columns WHERE database = {database:String} AND table = {table:String}',
      query_params: { database: this.config.database, table },
      format: 'JSONEachRow',
    })
    const columns = await answer.json<TableColumn>()
    if (columns.length === 0)
      throw new Error(
        `the table ${this.config.database}.${table} does not exist (yet): run spanlight migrate`,
      )
    return columns
  }
}

function toInsertError(table: TableName, error: unknown): InsertError {
  const message = error instanceof Error ? error.message : String(error)
  const content = error instanceof ClickHouseError && CONTENT.has(Number(error.code))
  return new InsertError(
    content
      ? `ClickHouse refuses rows of ${table}: ${firstLine(message)}`
      : `ClickHouse does not take rows: ${firstLine(message)}`,
    content,
  )
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 300)
}
