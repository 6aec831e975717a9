import { sends } from './load-history'
import { pause, SendError, Sender, type SenderOptions } from './send'
import { Timeline } from './timeline'

export interface LiveOptions extends SenderOptions {
  readonly seed: string
  /** Where the loaded history ends, and what its incident is tied to. Default: now. */
  readonly sinceMs?: number
  readonly onTrouble?: (message: string) => void
}

export interface Live {
  readonly stop: () => Promise<void>
  /** Resolves when it has stopped; rejects when the receiver refuses the data for good. */
  readonly done: Promise<void>
}

const TICK_MS = 1_000
/** After a longer absence (a laptop that slept) only the last half hour is sent. */
const LONGEST_GAP_MS = 30 * 60_000
const CATCH_UP_STEP_MS = 30_000

/**
 * Keeps the shop open: about 50 spans a second, each sent when it has ended. While the receiver is away the
 * next request is tried again, and what happened meanwhile follows: nothing is lost and nothing piles up.
 */
export function startLive(options: LiveOptions): Live {
  const controller = new AbortController()
  const { signal } = controller
  const done = run(options, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
  // Nobody may be waiting yet when it fails; who waits still gets the error.
  done.catch(() => {})
  return {
    done,
    stop: async () => {
      controller.abort()
      await done.catch(() => {})
    },
  }
}

async function run(options: LiveOptions, signal: AbortSignal): Promise<void> {
  const sender = new Sender({ ...options, retryForMs: Number.POSITIVE_INFINITY, signal: signal })
  const anchorMs = options.sinceMs ?? Date.now()
  let at = anchorMs
  let timeline = new Timeline({ seed: options.seed, anchorMs, fromMs: at })
  const count = { spans: 0, logs: 0, points: 0 }
  while (!signal.aborted) {
    await pause(Math.max(0, at + TICK_MS - Date.now()), signal)
    const now = Date.now()
    if (now - at > LONGEST_GAP_MS) {
      at = now - LONGEST_GAP_MS
      timeline = new Timeline({ seed: options.seed, anchorMs, fromMs: at })
    }
    at = Math.min(now, at + CATCH_UP_STEP_MS)
    for (const send of sends(sender, timeline.takeUntil(at), count)) {
      try {
        await send()
      } catch (error) {
        if (!(error instanceof SendError)) throw error
        // Refused for its content: the next second is another try.
        options.onTrouble?.(error.message)
      }
    }
  }
}
