import type { Decoded, Signal } from '@/lib/otel/otlp/decoded'
import type { InsertTimes } from './clickhouse-insert'
import { Counters } from './counters'

export type Transport = 'http' | 'grpc'

/** Why a whole request was not taken; also the label of the counter. */
export type Refusal = 'invalid' | 'too_large' | 'busy' | 'internal'

const RECEIVED = 'spanlight_ingest_requests_total'
const BYTES = 'spanlight_ingest_request_bytes_total'
const ACCEPTED = 'spanlight_ingest_accepted_records_total'
const REJECTED = 'spanlight_ingest_rejected_records_total'
const REFUSED = 'spanlight_ingest_refused_requests_total'

/** What the queues look like at this moment. */
export interface Gauges {
  readonly queueBytes: number
  readonly queueRows: number
  readonly oldestAgeMs: number
  readonly openRequests: number
}

/** What /metrics and /health count. docs/ingest.md lists the names. */
export class IngestMetrics {
  private readonly counters = new Counters()

  received(signal: Signal, transport: Transport, bytes: number): void {
    this.counters.add(RECEIVED, 'Export requests received.', { signal, transport }, 1)
    this.counters.add(BYTES, 'Bytes of request bodies, as sent.', { signal, transport }, bytes)
  }

  refused(signal: Signal, transport: Transport, reason: Refusal): void {
    this.counters.add(REFUSED, 'Requests refused as a whole, by reason.', { signal, transport, reason }, 1)
  }

  stored(signal: Signal, decoded: Decoded, refusedRows: number): void {
    const { counters } = this
    const accepted = decoded.accepted - refusedRows
    counters.add(ACCEPTED, 'Records that ClickHouse has accepted.', { signal }, accepted)
    const help = 'Records rejected by partial success, by reason.'
    for (const [reason, count] of Object.entries(decoded.reasons)) {
      counters.add(REJECTED, help, { signal, reason }, count)
    }
    counters.add(REJECTED, help, { signal, reason: 'refused_by_clickhouse' }, refusedRows)
    const odd = 'spanlight_ingest_odd_time_records_total'
    const oddHelp = 'Accepted records that are older than the retention or more than a day ahead.'
    counters.add(odd, oddHelp, { signal, time: 'old' }, decoded.old)
    counters.add(odd, oddHelp, { signal, time: 'future' }, decoded.future)
  }

  inserted({ table, rows, ms }: InsertTimes): void {
    const { counters } = this
    counters.add('spanlight_ingest_inserted_rows_total', 'Rows inserted.', { table }, rows)
    counters.add('spanlight_ingest_insert_seconds_count', 'INSERTs that succeeded.', { table }, 1)
    counters.add('spanlight_ingest_insert_seconds_sum', 'Seconds spent in them.', { table }, ms / 1000)
  }

  retried(): void {
    this.counters.add('spanlight_ingest_insert_retries_total', 'INSERTs that were tried again.', {}, 1)
  }

  /** Counts of one signal, for /health. */
  counts(signal: Signal) {
    const labels = { signal }
    return {
      requests: this.counters.sum(RECEIVED, labels),
      accepted: this.counters.sum(ACCEPTED, labels),
      rejected: this.counters.sum(REJECTED, labels),
      refused: this.counters.sum(REFUSED, labels),
      old: this.counters.sum('spanlight_ingest_odd_time_records_total', { ...labels, time: 'old' }),
      future: this.counters.sum('spanlight_ingest_odd_time_records_total', { ...labels, time: 'future' }),
    }
  }

  text(gauges: Gauges): string {
    const { counters } = this
    counters.set(
      'spanlight_ingest_queue_bytes',
      'Bytes of bodies and rows held in memory.',
      gauges.queueBytes,
    )
    counters.set('spanlight_ingest_queue_rows', 'Rows that wait for ClickHouse.', gauges.queueRows)
    counters.set(
      'spanlight_ingest_queue_oldest_seconds',
      'Age of the oldest of them.',
      gauges.oldestAgeMs / 1000,
    )
    counters.set('spanlight_ingest_open_requests', 'Requests not yet answered.', gauges.openRequests)
    counters.set('process_resident_memory_bytes', 'Memory of the process.', process.memoryUsage.rss())
    return counters.text()
  }
}
