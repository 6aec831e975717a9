import type { MetricsRequest } from './core/otlp'
import { packLogs, packSpans } from './core/pack'
import { Sender, type SenderOptions } from './send'
import { type Exported, steps } from './timeline'

export interface LoadOptions extends SenderOptions {
  readonly seed: string
  readonly minutes: number
  /** Epoch milliseconds: the end of the loaded time. The incident starts 12 minutes before it. */
  readonly now: number
  /** Loads only from here on, when the time before is there already. */
  readonly fromMs?: number
}

export interface Loaded {
  spans: number
  logs: number
  points: number
}

const IN_FLIGHT = 4
/** Few large requests: each costs the engine an INSERT per table. Far from the 20 MiB that a receiver takes. */
const STEP_MS = 150_000
const RECORDS_PER_REQUEST = 6_000

/** Sends the shop's last `minutes` through the front door, as fast as it takes them. */
export async function loadHistory(options: LoadOptions): Promise<Loaded> {
  const sender = new Sender({ encoding: 'protobuf', ...options })
  const loaded: Loaded = { spans: 0, logs: 0, points: 0 }
  const start = options.now - options.minutes * 60_000
  const fromMs = Math.max(start, options.fromMs ?? start)
  const flying = new Set<Promise<void>>()
  let failure: unknown
  const window = { seed: options.seed, anchorMs: options.now, fromMs, toMs: options.now, stepMs: STEP_MS }
  for (const step of steps(window)) {
    for (const send of sends(sender, step, loaded)) {
      const flight: Promise<void> = send()
        .catch((error: unknown) => {
          failure ??= error
        })
        .finally(() => flying.delete(flight))
      flying.add(flight)
      if (flying.size >= IN_FLIGHT) await Promise.race(flying)
      if (failure !== undefined) throw failure
    }
  }
  await Promise.all(flying)
  if (failure !== undefined) throw failure
  return loaded
}

/** One request per signal and step. Counts what it hands out. */
export function sends(sender: Sender, step: Exported, count: Loaded): (() => Promise<void>)[] {
  const { spans, logs, metrics } = step
  count.spans += spans.length
  count.logs += logs.length
  count.points += metrics.reduce((sum, request) => sum + pointsIn(request), 0)
  return [
    ...parts(spans).map((part) => () => sender.traces(packSpans(part))),
    ...parts(logs).map((part) => () => sender.logs(packLogs(part))),
    ...(metrics.length > 0 ? [() => sender.metrics(joinMetrics(metrics))] : []),
  ]
}

function parts<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / RECORDS_PER_REQUEST) }, (_, part) =>
    list.slice(part * RECORDS_PER_REQUEST, (part + 1) * RECORDS_PER_REQUEST),
  )
}

function joinMetrics(requests: readonly MetricsRequest[]): MetricsRequest {
  return { resourceMetrics: requests.flatMap((request) => request.resourceMetrics) }
}

export function pointsIn(request: MetricsRequest): number {
  let points = 0
  for (const { scopeMetrics } of request.resourceMetrics) {
    for (const { metrics } of scopeMetrics) {
      for (const { gauge, sum, histogram, exponentialHistogram, summary } of metrics) {
        const data = gauge ?? sum ?? histogram ?? exponentialHistogram ?? summary
        points += data?.dataPoints.length ?? 0
      }
    }
  }
  return points
}
