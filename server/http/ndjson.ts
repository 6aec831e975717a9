import type { ColumnMeta } from '@/lib/api/common'
import { problemOf, toProblemError } from './problem-response'

interface RowsChunk {
  readonly columns: readonly ColumnMeta[]
  readonly rows: readonly unknown[]
}

export function wantsNdjson(headers: Headers): boolean {
  return (headers.get('accept') ?? '').includes('application/x-ndjson')
}

/**
 * First line `{"columns":[…]}`, then one row a line as they are found, last `{"end":{…}}` or `{"error":{…}}`.
 * The first chunk is awaited before the answer starts: until then an error still has its HTTP status.
 */
export async function ndjson<End>(
  source: (signal: AbortSignal) => AsyncGenerator<RowsChunk, End>,
  request: { readonly requestId: string; readonly signal: AbortSignal },
): Promise<Response> {
  const left = new AbortController()
  const chunks = source(AbortSignal.any([request.signal, left.signal]))
  const first = await chunks.next()
  const encoder = new TextEncoder()
  let step: IteratorResult<RowsChunk, End> | null = first
  let started = false
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        step ??= await chunks.next()
        const lines: unknown[] = []
        if (!started) lines.push({ columns: step.done ? [] : step.value.columns })
        started = true
        if (step.done) lines.push({ end: step.value })
        else for (const row of step.value.rows) lines.push(row)
        const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
        controller.enqueue(encoder.encode(text))
        if (step.done) controller.close()
        step = null
      } catch (error) {
        const { requestId } = request
        const problem = problemOf(toProblemError(error, requestId), requestId)
        controller.enqueue(encoder.encode(`${JSON.stringify({ error: problem })}\n`))
        controller.close()
      }
    },
    cancel() {
      left.abort()
    },
  })
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  })
}
