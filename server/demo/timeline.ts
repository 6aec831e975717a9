import type { LogsRequest, MetricsRequest, TraceRequest } from './core/otlp'
import { packLogs, packSpans } from './core/pack'
import type { LogEntry, SpanRecord } from './core/records'
import { backgroundLogs } from './logs/background'
import { METRICS_INTERVAL_MS, MetricsRecorder } from './metrics/recorder'
import { LONGEST_TRACE_MS, playSlot, SLOT_MS } from './scenarios/play'
import { World } from './shop/world'

export interface TimelineOptions {
  readonly seed: string
  readonly fromMs: number
  /** Where the incident's schedule is tied to (incident.ts): the time the demo counts as "now". */
  readonly anchorMs: number
  /** Multiplies the traffic; 1 is about 50 spans a second. */
  readonly scale?: number
}

/** What the shop's SDKs export in a stretch of time. */
export interface Exported {
  readonly spans: SpanRecord[]
  readonly logs: LogEntry[]
  readonly metrics: MetricsRequest[]
}

/**
 * The shop's telemetry as a function of time: a span is exported when it has ended, a log when it was written,
 * metrics every 30 seconds. Windows fit together: [a, b) and [b, c) give what [a, c) gives, whoever asks.
 */
export class Timeline {
  private readonly world: World
  private readonly recorder: MetricsRecorder
  private nextSlot: number
  private atMs: number
  private spans: SpanRecord[] = []
  private logs: LogEntry[] = []

  constructor(private readonly options: TimelineOptions) {
    this.world = new World(options.seed, options.anchorMs)
    this.atMs = Math.floor(options.fromMs / METRICS_INTERVAL_MS) * METRICS_INTERVAL_MS
    this.recorder = new MetricsRecorder(this.world)
    this.nextSlot = Math.floor((this.atMs - LONGEST_TRACE_MS) / SLOT_MS)
  }

  /** Everything exported from where the last call ended (first: `fromMs`) up to, not including, `toMs`. */
  takeUntil(toMs: number): Exported {
    while (this.nextSlot * SLOT_MS < toMs) this.play(this.nextSlot++)
    const metrics: MetricsRequest[] = []
    const out: Exported = { spans: [], logs: [], metrics }
    while (this.atMs < toMs) {
      const tick = (Math.floor(this.atMs / METRICS_INTERVAL_MS) + 1) * METRICS_INTERVAL_MS
      const until = Math.min(tick, toMs)
      const spans = this.take(until)
      this.recorder.record(spans)
      for (const span of spans) if (span.emitMs >= this.options.fromMs) out.spans.push(span)
      if (tick <= toMs) metrics.push(this.recorder.collect(tick))
      this.atMs = until
    }
    const written = this.logs.filter((entry) => entry.emitMs < toMs)
    this.logs = this.logs.filter((entry) => entry.emitMs >= toMs)
    out.logs.push(...written.filter((entry) => entry.emitMs >= this.options.fromMs))
    return out
  }

  private play(slot: number): void {
    const { spans, logs } = playSlot(this.world, slot, this.options.scale)
    for (const span of spans) if (span.emitMs >= this.atMs) this.spans.push(span)
    for (const log of logs) if (log.emitMs >= this.atMs) this.logs.push(log)
    for (const log of backgroundLogs(this.world, slot)) if (log.emitMs >= this.atMs) this.logs.push(log)
  }

  private take(untilMs: number): SpanRecord[] {
    const taken = this.spans.filter((span) => span.emitMs < untilMs)
    this.spans = this.spans.filter((span) => span.emitMs >= untilMs)
    return taken.sort((a, b) => a.emitMs - b.emitMs)
  }
}

export interface GenerateOptions extends TimelineOptions {
  readonly toMs: number
  /** Length of the time that goes into one request. */
  readonly stepMs?: number
}

/** OTLP trace requests of a time window, oldest first. Pure: the same options give the same requests. */
export function* generateTraces(options: GenerateOptions): Generator<TraceRequest> {
  for (const { spans } of steps(options)) if (spans.length > 0) yield packSpans(spans)
}

export function* generateLogs(options: GenerateOptions): Generator<LogsRequest> {
  for (const { logs } of steps(options)) if (logs.length > 0) yield packLogs(logs)
}

export function* generateMetrics(options: GenerateOptions): Generator<MetricsRequest> {
  for (const { metrics } of steps(options)) yield* metrics
}

/** The window in steps, all signals together. */
export function* steps(options: GenerateOptions): Generator<Exported> {
  const timeline = new Timeline(options)
  const step = options.stepMs ?? 60_000
  for (let at = options.fromMs; at < options.toMs; at += step) {
    yield timeline.takeUntil(Math.min(at + step, options.toMs))
  }
}
