import type { Readable } from 'node:stream'
import { EngineError } from '../exception'
import { readStatement, type Statement } from '../statement'
import { readAll } from './body'

/** A statement and, for an INSERT with data, its prefix and where the data comes from. */
export interface StatementSource {
  readonly statement: Statement
  readonly data: InsertSource | null
}

export interface InsertSource {
  readonly prefix: string
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
  let head: Buffer = Buffer.alloc(0)
  let ended = false
  const more = async (): Promise<void> => {
    const next = await rest.next()
    if (next.done === true) ended = true
    else head = Buffer.concat([head, next.value])
  }
  if (query === '') {
    while (!ended && head.length < 32) await more()
  } else {
    const found = insertIn(query)
    if (found?.dataAt != null && query.slice(found.dataAt).trim() === '') {
      const prefix = query.slice(0, found.dataAt)
      return { statement: found, data: { prefix, first: head, rest } }
    }
  }
  const join = query === '' ? '' : `${query}\n`
  if (mayInsert(join + head.toString('latin1'))) {
    while (!ended && head.length < HEAD_BYTES && insertIn(join + head.toString())?.dataAt == null)
      await more()
    const text = join + head.toString()
    const found = insertIn(text)
    if (found?.dataAt != null) {
      const prefix = text.slice(0, found.dataAt)
      const at = Buffer.byteLength(prefix) - Buffer.byteLength(join)
      const first = at >= 0 ? head.subarray(at) : Buffer.concat([Buffer.from(join).subarray(at), head])
      return { statement: found, data: { prefix, first: skipLineBreak(first), rest } }
    }
  }
  const all = await readAll(head, rest, MOST_QUERY_BYTES)
  const statement = readStatement(join + all.toString())
  if ('code' in statement) throw new EngineError(statement.code, statement.message)
  return { statement, data: null }
}

const EMPTY = { [Symbol.asyncIterator]: async function* (): AsyncGenerator<Buffer> {} }

function mayInsert(text: string): boolean {
  return /^\s*(INSERT\b|WITH\b|--|#|\/\*)/i.test(text)
}

function insertIn(text: string): Statement | null {
  if (!mayInsert(text)) return null
  const statement = readStatement(text)
  if ('code' in statement) return null
  return statement.kind === 'insert' ? statement : null
}

/** After FORMAT x: spaces and one line break belong to the statement. */
function skipLineBreak(data: Buffer): Buffer {
  let at = 0
  while (data[at] === 0x20 || data[at] === 0x09) at++
  if (data[at] === 0x0d && data[at + 1] === 0x0a) return data.subarray(at + 2)
  return data[at] === 0x0a ? data.subarray(at + 1) : data
}
