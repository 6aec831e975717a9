import { EngineError } from '../exception'
import type { Session } from '../session'
import type { Summary } from './answer'
import { readAll } from './body'
import type { InsertSource } from './statement-source'

/** Formats whose rows are lines: a long stream of them is inserted piece by piece, as it comes. */
const LINES =
  /^(JSONEachRow|JSONLines|NDJSON|JSONCompactEachRow|JSONStringsEachRow|JSONCompactStringsEachRow|TSV|TabSeparated|LineAsString)$/i
const MOST_BYTES = 512 * 1024 * 1024

/** Hands the data of an INSERT over. A client that breaks off in the middle has its last piece dropped. */
export async function runInsert(
  session: Session,
  source: InsertSource,
  format: string,
  pieceBytes: number,
  summary: Summary,
): Promise<void> {
  const insert = async (data: Buffer): Promise<void> => {
    countWritten(summary, await session.insert(source.prefix, data))
  }
  if (!LINES.test(format)) {
    const data = await readAll(source.first, source.rest, MOST_BYTES)
    if (data.length > 0) await insert(data)
    return
  }
  let parts = [source.first]
  let size = source.first.length
  for (;;) {
    const next = await source.rest.next()
    if (next.done === true) break
    parts.push(next.value)
    size += next.value.length
    if (size < pieceBytes) continue
    const data = Buffer.concat(parts, size)
    const cut = lastRowEnd(data, format)
    if (cut > 0) await insert(data.subarray(0, cut))
    else if (size > MOST_BYTES) throw new EngineError(117, 'A row of the INSERT is larger than 512 MiB')
    parts = [data.subarray(cut)]
    size = data.length - cut
  }
  if (size > 0) await insert(Buffer.concat(parts, size))
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

/** JSON rows may be spread over lines, but `}` line break `{` stands only between two of them. */
function lastRowEnd(data: Buffer, format: string): number {
  if (!/JSON/i.test(format)) return data.lastIndexOf(0x0a) + 1
  const between = /Compact/i.test(format) ? ']\n[' : '}\n{'
  const at = data.lastIndexOf(between)
  return at < 0 ? 0 : at + 2
}
