import { EngineError } from '../exception'
import type { Session } from '../session'
import type { Spool } from '../spool'
import { quoteString } from '../sql-text'
import type { InsertHead } from '../statement'
import type { Summary } from './answer'
import type { InsertSource } from './statement-source'

/** Runs an INSERT with data. A client that breaks off in the middle leaves nothing behind. */
export async function runInsert(
  session: Session,
  spool: Spool,
  head: InsertHead,
  source: InsertSource,
  summary: Summary,
): Promise<void> {
  const data = async function* (): AsyncGenerator<Buffer> {
    yield source.first
    for (let next = await source.rest.next(); next.done !== true; next = await source.rest.next())
      yield next.value
  }
  await spool.through(data(), async (file) => {
    const settings = head.settings === '' ? '' : ` ${head.settings}`
    const sql = `${head.target} FROM INFILE ${quoteString(file)} COMPRESSION 'none'${settings} FORMAT ${head.format}`
    try {
      countWritten(summary, await session.insert(sql))
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      throw new EngineError(error.code, error.message.replaceAll(`(in file/uri ${file}): `, ''), error.type)
    }
  })
}

/** As a server counts an INSERT: what it writes is also what it has read. */
export function countWritten(summary: Summary, written: { rows: number; bytes: number }): void {
  summary.writtenRows += written.rows
  summary.writtenBytes += written.bytes
  summary.readRows += written.rows
  summary.readBytes += written.bytes
  summary.resultRows += written.rows
  summary.resultBytes += written.bytes
}
