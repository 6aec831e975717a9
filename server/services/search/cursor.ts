import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ProblemError } from '@/lib/api/problem-error'
import type { SearchRequest } from '@/lib/api/search'
import type { TimeRange } from '@/lib/time/range'
import type { Position } from './walk'

const Uint = z.string().regex(/^\d{1,20}$/)

/** Kept short: it travels with every page. Values are only ever bound, so a forged cursor can do no more than a query. */
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
  const body: z.infer<typeof CursorBody> = {
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
  keyCount: number,
): { range: TimeRange; position: Position } {
  const body = parse(cursor)
  const time = body?.keys.find((key) => key.t === 'time')
  if (!body || body.keys.length !== keyCount || !time || !/^\d{1,19}$/.test(time.v)) {
    throw new ProblemError('invalid_request', 'The cursor is not one that a search gave.', {
      hint: 'Start again without a cursor.',
    })
  }
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

function parse(cursor: string): z.infer<typeof CursorBody> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return CursorBody.safeParse(value).data ?? null
  } catch {
    return null
  }
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
