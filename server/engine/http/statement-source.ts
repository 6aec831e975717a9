import type { Readable } from 'node:stream'
import { type InsertHead, mayInsert, readInsertHead, readStatement, type Statement } from '../statement'
import { readAll } from './body'

/** A statement; for an INSERT with data its head and where the data comes from. */
export type StatementSource =
  | { readonly statement: Statement; readonly data: null }
  | { readonly statement: InsertHead; readonly data: InsertSource }

export interface InsertSource {
  readonly first: Buffer
  readonly rest: AsyncIterator<Buffer>
}

const MOST_QUERY_BYTES = 64 * 1024 * 1024
/** An INSERT's own text, up to its data, has to end in here. */
const HEAD_BYTES = 64 * 1024

/**
 * The query is the parameter `query`, the body, or both, joined by a line break. Only the head of an
 * INSERT is read as text: its data may be binary and endless.
 */
export async function readSource(query: string, body: Readable | null): Promise<StatementSource> {
  const rest: AsyncIterator<Buffer> = (body ?? EMPTY)[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const inQuery = readInsertHead(query)
  if (inQuery !== null && query.slice(inQuery.dataAt).trim() === '') {
    return { statement: inQuery, data: { first: Buffer.alloc(0), rest } }
  }
  const join = Buffer.from(query === '' ? '' : `${query}\n`)
  let text = join
  let ended = false
  const more = async (): Promise<void> => {
    const next = await rest.next()
    if (next.done === true) ended = true
    else text = Buffer.concat([text, next.value])
  }
  while (!ended && text.length < 32) await more()
  while (mayInsert(text.toString('latin1', 0, 1000))) {
    const start = text.toString('utf8', 0, HEAD_BYTES)
    const head = readInsertHead(start)
    if (head !== null && (ended || head.dataAt < start.length)) {
      const dataAt = Buffer.byteLength(start.slice(0, head.dataAt))
      return { statement: head, data: { first: skipLineBreak(text.subarray(dataAt)), rest } }
    }
    if (ended || text.length >= HEAD_BYTES) break
    await more()
  }
  const all = await readAll(text, rest, MOST_QUERY_BYTES)
  return { statement: readStatement(all.toString()), data: null }
}

const EMPTY = { [Symbol.asyncIterator]: async function* (): AsyncGenerator<Buffer> {} }

/** After FORMAT x: spaces and one line break belong to the statement. */
function skipLineBreak(data: Buffer): Buffer {
  let at = 0
  while (data[at] === 0x20 || data[at] === 0x09) at++
  if (data[at] === 0x0d && data[at + 1] === 0x0a) return data.subarray(at + 2)
  return data[at] === 0x0a ? data.subarray(at + 1) : data
}
