import type { Pod } from '../shop/pods'
import type { OtlpLog, OtlpSpan, Scope } from './otlp'

/** What the generator makes: an OTLP record, who sends it, and when its SDK would hand it over. */
export interface SpanRecord {
  readonly pod: Pod
  readonly scope: Scope
  readonly span: OtlpSpan
  /** End of the span: a span is exported when it has ended. */
  readonly emitMs: number
  readonly durationMs: number
}

export interface LogEntry {
  readonly pod: Pod
  readonly scope: Scope
  readonly log: OtlpLog
  readonly emitMs: number
}
