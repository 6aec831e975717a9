/** Why one record is rejected while its neighbours are kept; also the label of the counter. */
export type RejectReason = 'bad_trace_id' | 'bad_span_id' | 'value_too_deep' | 'refused_by_clickhouse'

export class RecordError extends Error {
  constructor(
    readonly reason: RejectReason,
    message: string,
  ) {
    super(message)
  }
}
