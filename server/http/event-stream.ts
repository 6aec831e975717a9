import { problemOf, toProblemError } from './problem-response'

export interface ServerEvent {
  readonly event: string
  readonly data: unknown
}

/**
 * Server-sent events. The source is only asked for the next event when the last one has been taken, so a slow
 * reader slows the source down instead of filling memory.
 */
export async function eventStream(
  events: AsyncGenerator<ServerEvent, void>,
  request: { readonly requestId: string; readonly signal: AbortSignal },
): Promise<Response> {
  const first = await events.next()
  const encoder = new TextEncoder()
  let step: IteratorResult<ServerEvent, void> | null = first
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          step ??= await events.next()
          if (step.done) return controller.close()
          controller.enqueue(encoder.encode(lines(step.value)))
          step = null
        } catch (error) {
          if (!request.signal.aborted) {
            const data = problemOf(toProblemError(error, request.requestId), request.requestId)
            controller.enqueue(encoder.encode(lines({ event: 'problem', data })))
          }
          controller.close()
        }
      },
      async cancel() {
        await events.return().catch(() => undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

/** JSON has no raw line breaks, so one data line is enough. */
function lines({ event, data }: ServerEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
