import type { z } from 'zod'
import { parseJson } from '@/lib/api/parse-json'
import { ProblemError } from '@/lib/api/problem-error'

export const MAX_BODY_BYTES = 1024 * 1024

/** The JSON body of a write, checked. Its size is counted as it arrives, whatever Content-Length says. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new ProblemError('unsupported_media_type', 'Send the body as application/json.')
  }
  const text = await readText(request)
  let value: unknown
  try {
    value = text === '' ? {} : parseJson(text)
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw new ProblemError('invalid_request', 'The body is not JSON.')
  }
  return check(value, schema)
}

/** The query string of a read, checked. A name that is repeated gives an array. */
export function readQuery<T>(url: string, schema: z.ZodType<T>): T {
  const query = new URL(url).searchParams
  const values = new Map<string, string | string[]>()
  for (const name of query.keys()) {
    const all = query.getAll(name)
    values.set(name, all.length === 1 ? (all[0] ?? '') : all)
  }
  return check(Object.fromEntries(values), schema)
}

function check<T>(value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, 3).map((issue) => {
    const path = issue.path.map(String).join('.')
    return path === '' ? issue.message : `${path.slice(0, 200)}: ${issue.message}`
  })
  throw new ProblemError('invalid_request', issues.join('; ').slice(0, 1000))
}

async function readText(request: Request): Promise<string> {
  if (!request.body) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = request.body.getReader()
  let size = 0
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return text + decoder.decode()
      size += value.byteLength
      if (size > MAX_BODY_BYTES) {
        throw new ProblemError('payload_too_large', 'The body is larger than 1 MiB.')
      }
      text += decoder.decode(value, { stream: true })
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined)
    if (error instanceof TypeError) throw new ProblemError('invalid_request', 'The body is not UTF-8.')
    throw error
  }
}
