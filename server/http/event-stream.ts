import { problemOf, toProblemError } from './problem-response'

export interface ServerEvent {
  readonly event: string
  readonly data: unknown
}

/**
 * Server-sent events. The source is only asked for the next event when the last one has been taken, so a slow
 * reader slows the source down instead of filling memory. Errors are an event too (`problem`): a browser's
 * EventSource cannot read the body of any other answer.
 */
export function eventStream(
  source: (signal: AbortSignal) => AsyncGenerator<ServerEvent, void>,
  request: { readonly requestId: string; readonly signal: AbortSignal },
): Response {
  const left = new AbortController()
  const signal = AbortSignal.any([request.signal, left.signal])
  const events = source(signal)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const step = await events.next()
          if (step.done) return controller.close()
          controller.enqueue(encoder.encode(lines(step.value)))
        } catch (error) {
          if (!signal.aborted) {
            const data = problemOf(toProblemError(error, request.requestId), request.requestId)
            controller.enqueue(encoder.encode(lines({ event: 'problem', data })))
          }
          controller.close()
        }
      },
      cancel() {
        left.abort()
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
