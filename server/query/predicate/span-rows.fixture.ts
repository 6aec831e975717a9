/** Spans and the searches that find them, as in log-rows.fixture.ts. */

export interface SpanRow {
  readonly Id: number
  readonly SpanName: string
  /** As newer exporters spell it. */
  readonly SpanKind?: string
  readonly StatusCode?: string
  readonly StatusMessage?: string
  readonly Duration?: number
  readonly ServiceName?: string
  readonly ParentSpanId?: string
  readonly SpanAttributes?: Readonly<Record<string, string>>
  readonly ResourceAttributes?: Readonly<Record<string, string>>
  readonly 'Events.Name'?: readonly string[]
  readonly 'Events.Timestamp'?: readonly string[]
  readonly 'Events.Attributes'?: readonly Readonly<Record<string, string>>[]
}

export const SPAN_ROWS: readonly SpanRow[] = [
  {
    Id: 1,
    SpanName: 'GET /cart',
    SpanKind: 'Server',
    StatusCode: 'Ok',
    Duration: 1_500_000_000,
    SpanAttributes: { 'http.status_code': '200' },
  },
  {
    Id: 2,
    SpanName: 'charge card',
    SpanKind: 'Client',
    StatusCode: 'Error',
    StatusMessage: 'declined',
    Duration: 250_000,
    ParentSpanId: 'ABCDEF0123456789',
    'Events.Name': ['retry', 'exception'],
    'Events.Timestamp': ['2026-11-20 09:00:01.000000000', '2026-11-20 09:00:02.000000000'],
    'Events.Attributes': [{}, { 'exception.type': 'CardError', 'exception.message': 'expired' }],
  },
  { Id: 3, SpanName: 'consume', SpanKind: 'Consumer', StatusCode: 'Unset', Duration: 100_000_000 },
  { Id: 4, SpanName: 'SELECT carts', SpanKind: 'Internal', StatusCode: 'Error', Duration: 0 },
]

const SPANS = SPAN_ROWS.map((row) => row.Id)

export const SPAN_SEARCHES: readonly (readonly [text: string, ids: readonly number[]])[] = [
  ['cart', [1]],
  ['cart*', [1, 4]],
  ['/cart', [1]],
  // kinds and statuses in both spellings, whichever is stored
  ['kind:server', [1]],
  ['SpanKind:SPAN_KIND_SERVER', [1]],
  ['SpanKind:"server"', [1]],
  ['SpanKind:"SPAN_KIND_SERVER"', [1]],
  ['kind:(client OR "Consumer")', [2, 3]],
  ['kind:c*', [2, 3]],
  ['kind:SPAN_KIND_C*', [2, 3]],
  ['kind:in', [4]],
  ['kind:/^C/', [2, 3]],
  ['status:error', [2, 4]],
  ['StatusCode:"STATUS_CODE_ERROR"', [2, 4]],
  ['StatusCode:"error"', [2, 4]],
  ['-status:"error"', [1, 3]],
  ['status:STATUS_CODE_UN*', [3]],
  ['status:e', [2, 3, 4]],
  ['status:*', SPANS],
  // durations
  ['Duration:>1s', [1]],
  ['duration:1.5s', [1]],
  ['duration:1500000000', [1]],
  ['duration:>=100ms', [1, 3]],
  ['duration:250us', [2]],
  ['duration:<0.025m', [2, 3, 4]],
  ['duration:[250us TO 100ms]', [2, 3]],
  ['duration:{250us TO 100ms}', []],
  ['duration:(>1s OR "100ms")', [1, 3]],
  ['-duration:>0', [4]],
  ['duration:0', [4]],
  // nested columns: any element
  ['Events.Name:exception', [2]],
  ['events.name:"retry"', [2]],
  ['-Events.Name:retry', [1, 3, 4]],
  ['Events.Name:*', [2]],
  ['Events.Name:""', [1, 3, 4]],
  ['Events.Timestamp:>2026-11-20T09:00:01Z', [2]],
  ['events.exception.type:card', [2]],
  ['events.exception.type:"CardError"', [2]],
  ["Events.Attributes['exception.message']:exp*", [2]],
  ['-events.exception.type:*', [1, 3, 4]],
  ['ParentSpanId:abcdef0123456789', [2]],
  ['-ParentSpanId:*', [1, 3, 4]],
  ['StatusMessage:decl', [2]],
  ['SpanAttributes.http.status_code:>=200', [1]],
  ['span:"GET /cart"', [1]],
  ['span:get', [1]],
]
