import { createHash } from 'node:crypto'
import { ClickHouseError } from '@clickhouse/client'
import { z } from 'zod'
import { ProblemError } from '@/lib/api/problem-error'
import type { SearchRequest } from '@/lib/api/search'
import type { TimeRange } from '@/lib/time/range'
import { LATEST } from '@/server/query/range'
import type { SortKey } from '@/server/query/search'
import type { Position } from './walk'

const Uint = z.string().regex(/^\d{1,20}$/)

/** Kept short: it travels with every page. Values are only ever bound, so a forged cursor can do no more than a query. */
type CursorBody = z.infer<typeof CursorBody>
const CursorBody = z
  .object({
    q: z.string(),
    from: Uint,
    to: Uint,
    keys: z
      .array(z.object({ v: z.string().max(2048), t: z.string().max(256) }).strict())
      .min(1)
      .max(9),
    w: z.number().int().min(0).max(40),
    tie: z
      .object({ h: Uint, n: z.number().int().min(1).max(1e9) })
      .strict()
      .optional(),
  })
  .strict()

/** The cursor carries the range that the first page resolved: `now` moves, a result must not. */
export function encodeCursor(request: SearchRequest, range: TimeRange, position: Position): string {
  const body: CursorBody = {
    q: digest(request),
    from: range.from.toString(),
    to: range.to.toString(),
    keys: position.keys.map((key) => ({ v: key.text, t: key.type })),
    w: Math.min(position.window, 40),
    ...(position.tie ? { tie: { h: position.tie.hash, n: position.tie.given } } : {}),
  }
  return Buffer.from(JSON.stringify(body)).toString('base64url')
}

/** @throws ProblemError `invalid_request` when the cursor is broken or belongs to another search. */
export function decodeCursor(
  request: SearchRequest,
  cursor: string,
  sortKeys: readonly SortKey[],
): { range: TimeRange; position: Position } {
  const body = parse(cursor)
  if (!body || !isPossible(body, sortKeys)) throw notACursor()
  if (body.q !== digest(request)) {
    throw new ProblemError('invalid_request', 'The cursor belongs to another search.', {
      hint: 'Send the same source, query, filters, time range and order as for the first page, or no cursor.',
    })
  }
  const position: Position = {
    keys: body.keys.map((key) => ({ text: key.v, type: key.t })),
    window: body.w,
    ...(body.tie ? { tie: { hash: body.tie.h, given: body.tie.n } } : {}),
  }
  return { range: { from: BigInt(body.from), to: BigInt(body.to) }, position }
}

function parse(cursor: string): CursorBody | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return CursorBody.safeParse(value).data ?? null
  } catch {
    return null
  }
}

/**
 * A value that its type cannot take was not written by a search. Other errors stay what they are.
 */
export function asForgedCursor(error: unknown): unknown {
  return error instanceof ClickHouseError && BAD_VALUE.has(Number(error.code)) ? notACursor(error) : error
}

/** ClickHouse's codes for text that cannot be read as the type asked for, and for types that are none. */
const BAD_VALUE: ReadonlySet<number> = new Set([
  6, 26, 27, 32, 33, 38, 41, 43, 50, 53, 62, 69, 70, 72, 131, 376, 441, 675, 676, 691,
])

function isPossible({ keys, from, to, tie }: CursorBody, sortKeys: readonly SortKey[]): boolean {
  return (
    keys.length === sortKeys.length &&
    keys.every((key, i) => (sortKeys[i]?.kind === 'time' ? isTime(key) : isPlainType(key.t))) &&
    BigInt(from) < BigInt(to) &&
    BigInt(to) <= LATEST &&
    (tie === undefined || BigInt(tie.h) < 2n ** 64n)
  )
}

function isTime(key: { readonly v: string; readonly t: string }): boolean {
  return key.t === 'time' && /^\d{1,19}$/.test(key.v) && BigInt(key.v) <= LATEST
}

/** A type whose values are data: states of aggregate functions would be read as the engine's own memory. */
function isPlainType(type: string): boolean {
  return (
    /^(?:[A-Za-z0-9_(), =-]|'(?:[^'\\]|\\.)*')+$/.test(type) &&
    !/Function|Object|JSON|Dynamic|Variant/i.test(type)
  )
}

function notACursor(cause?: unknown): ProblemError {
  const details = { hint: 'Start again without a cursor.' }
  return new ProblemError('invalid_request', 'The cursor is not one that a search gave.', details, { cause })
}

/** What decides which rows there are and in which order. Columns and page size may change between pages. */
function digest(request: SearchRequest): string {
  const { source, query, language, filters, from, to, order, orderBy } = request
  const parts = [
    source,
    query ?? '',
    language ?? 'lucene',
    filters ?? {},
    from,
    to,
    order ?? 'desc',
    orderBy ?? [],
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16)
}
