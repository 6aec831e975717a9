import { EngineError } from '../exception'
import type { Session } from '../session'
import { quoteString } from '../sql-text'
import type { InsertHead } from '../statement'
import type { Summary } from './answer'
import type { InsertSource } from './statement-source'

/** The data of an INSERT, as it comes in. */
export async function* dataOf(source: InsertSource): AsyncGenerator<Buffer> {
  yield source.first
  for (let next = await source.rest.next(); next.done !== true; next = await source.rest.next()) {
    yield next.value
  }
}

/** Runs an INSERT whose data is in a file. */
export async function runInsert(
  session: Session,
  head: InsertHead,
  file: string,
  summary: Summary,
): Promise<void> {
  const settings = head.settings === '' ? '' : ` ${head.settings}`
  const sql = `${head.target} FROM INFILE ${quoteString(file)} COMPRESSION 'none'${settings} FORMAT ${head.format}`
  try {
    countWritten(summary, await session.insert(sql))
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new EngineError(error.code, error.message.replaceAll(`(in file/uri ${file}): `, ''), error.type)
  }
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
