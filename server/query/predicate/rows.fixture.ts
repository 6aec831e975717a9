/** Rows whose matches can be told by reading: the row-set tests list them by id. */

export interface LogRow {
  readonly Id: number
  readonly Body: string
  readonly SeverityText?: string
  readonly SeverityNumber?: number
  readonly ServiceName?: string
  readonly TraceId?: string
  readonly LogAttributes?: Readonly<Record<string, string>>
  readonly ResourceAttributes?: Readonly<Record<string, string>>
}

export const TRACE = '5b8efff798038103d269b633813fc60c'

export const LOG_ROWS: readonly LogRow[] = [
  {
    Id: 1,
    Body: 'Connection timeout after 30s',
    SeverityText: 'ERROR',
    SeverityNumber: 17,
    ServiceName: 'cart',
    TraceId: TRACE,
    LogAttributes: { 'http.status_code': '503', 'http.route': '/api/cart', 'user.id': '777', 'a=b': 'c' },
    ResourceAttributes: { 'host.name': 'web-1', 'deployment.environment': 'prod' },
  },
  {
    Id: 2,
    Body: 'Timeouts happen',
    SeverityText: 'warn',
    SeverityNumber: 13,
    ServiceName: 'Cart-Worker',
    LogAttributes: {
      'http.status_code': '200',
      'http.route': '/api/cart/7',
      a: 'b=c',
      'deployment.environment': 'test',
    },
    ResourceAttributes: { 'host.name': 'web-2', 'deployment.environment': 'prod' },
  },
  {
    Id: 3,
    Body: 'time-out: “TIMEOUT”… sofort',
    SeverityNumber: 10,
    ServiceName: 'payment',
    LogAttributes: { 'http.status_code': '50', url: 'https://a.b/c?d=1', image: 'nginx:1.27' },
  },
  {
    Id: 4,
    Body: 'user_id=42 from 10.0.0.1:80 (100% of api/v1)',
    LogAttributes: { 'user.id': '7770', 'key with space': 'x y', 'http.status_code': 'n/a', empty: '' },
    ResourceAttributes: { empty: 'not' },
  },
  { Id: 5, Body: 'Größe überschritten, café', LogAttributes: { city: 'ΣΊΣΥΦΟΣ', 'http.status_code': '1e1' } },
  { Id: 6, Body: 'GRÖẞE ÜBERSCHRITTEN', LogAttributes: { city: 'σίσυφος' } },
  { Id: 7, Body: 'it went \u212aaboom', SeverityText: 'FATAL' },
  {
    Id: 8,
    Body: 'O\'Reilly said "hi" at C:\\temp 100X',
    LogAttributes: { path: 'a\\b', star: 'a*b', starry: 'a*b' },
  },
  { Id: 9, Body: 'connection reset by peer [ERROR] std::x', TraceId: TRACE.toUpperCase() },
  { Id: 10, Body: 'connection\nreset', LogAttributes: { 'http.status_code': '-5', star: 'aXb' } },
  { Id: 11, Body: '' },
  { Id: 12, Body: 'x-timeoutY mix12 kaboom!', LogAttributes: { 'user.id': '777' } },
]

const ALL = LOG_ROWS.map((row) => row.Id)
const not = (...ids: number[]) => ALL.filter((id) => !ids.includes(id))

/** Each form of docs/SEARCH.md against the log rows. */
export const LOG_SEARCHES: readonly (readonly [text: string, ids: readonly number[]])[] = [
  // words
  ['timeout', [1, 3]],
  ['TIMEOUT', [1, 3]],
  ['time', [3]],
  ['kaboom', [7, 12]],
  ['user', [4]],
  ['mix12', [12]],
  ['mix', []],
  ['caf', []],
  ['gr', []],
  // wildcards in words
  ['time*', [1, 2, 3, 12]],
  ['*out', [1, 3]],
  ['*imeou*', [1, 2, 3, 12]],
  ['ti?eout', [1, 3]],
  ['t*t', [1, 3]],
  ['connection*reset', []],
  ['?onnection', [1, 9, 10]],
  ['100?', [4, 8]],
  // phrases
  ['user_id', [4]],
  ['api/v1', [4]],
  ["o'reilly", [8]],
  ['100%', [4]],
  ['10.0.0.1:80', [4]],
  ['10.0.*', [4]],
  ['user_*', [4]],
  ['größe', [5, 6]],
  ['ÜBERSCHRITTEN', [5, 6]],
  ['größ*', [5, 6]],
  ['"connection reset"', [9]],
  ['"connection timeout" after', [1]],
  ['"aboom"', [7, 12]],
  ['"time*"', []],
  ['[ERROR]', [9]],
  ['std::x', [9]],
  ['"said \\"hi\\""', [8]],
  ['C\\:\\\\temp', [8]],
  ['…', [3]],
  ['*', ALL],
  ['', ALL],
  ['-*', []],
  // fields: text
  ['http.status_code:50', [1, 3]],
  ['http.status_code:"50"', [3]],
  ['LogAttributes.http.status_code:50', [1, 3]],
  ["LogAttributes['http.status_code']:50", [1, 3]],
  ['logattributes.http.status_code:"200"', [2]],
  ['attributes.user.id:"777"', [1, 12]],
  ['user.id:"777"', [1, 12]],
  ['user.id:777', [1, 4, 12]],
  ['-user.id:"777"', not(1, 12)],
  ['a:"b=c"', [2]],
  ['a=b:c', [1]],
  ['a=b:"c"', [1]],
  ['http.route:/api/cart', [1, 2]],
  ['http.route:"/api/cart"', [1]],
  ['http.route:/api/cart*', [1, 2]],
  ['http.route:*cart', [1]],
  ['http.route:*CART*', [1, 2]],
  ['http.route:/a*7', [2]],
  ['http.route:/^\\/api\\/cart$/', [1]],
  ['http.route:/CART/', []],
  ['-http.route:/cart/', not(1, 2)],
  ['http.route:/.*/', [1, 2]],
  ['url:https://a.b/c?d=1', [3]],
  ['image:nginx:1.27', [3]],
  ['key\\ with\\ space:"x y"', [4]],
  ['city:σίσυφοσ', [5, 6]],
  ['city:"σίσυφος"', [6]],
  ['star:a\\*b', [8]],
  ['star:a*b', [8, 10]],
  ['star:"a*b"', [8]],
  ['star:a?b', [8, 10]],
  ['path:a\\\\b', [8]],
  // fields: presence
  ['user.id:*', [1, 4, 12]],
  ['-user.id:*', not(1, 4, 12)],
  ['user.id:""', not(1, 4, 12)],
  ['empty:*', []],
  ['empty:""', ALL],
  ['-Body:*', [11]],
  ['Body:""', [11]],
  ['nobody.sent.this:x', []],
  ['-nobody.sent.this:x', ALL],
  // fields: groups
  ['http.status_code:("200" OR "50" OR >500)', [1, 2, 3]],
  ['http.status_code:(5* -503)', [3]],
  ['Body:(connection -timeout)', [9, 10]],
  ['Body:("connection reset" OR /^Größe/ OR *happen)', [2, 5]],
  // fields: comparisons
  ['http.status_code:>50', [1, 2]],
  ['http.status_code:>=50', [1, 2, 3]],
  ['http.status_code:<0', [10]],
  ['http.status_code:=10', [5]],
  ['-http.status_code:>50', not(1, 2)],
  ['http.status_code:[50 TO 200]', [2, 3]],
  ['http.status_code:{50 TO 200}', []],
  ['http.status_code:[50 TO 200}', [3]],
  ['http.status_code:[* TO 10]', [5, 10]],
  ['http.status_code:[-10 TO 0]', [10]],
  ['http.status_code:>m', [4]],
  ['star:<b', [8, 10]],
  ['SeverityNumber:17', [1]],
  ['SeverityNumber:>=10', [1, 2, 3]],
  ['SeverityNumber:"13"', [2]],
  ['SeverityNumber:1*', [1, 2, 3]],
  ['SeverityNumber:(10 OR 13)', [2, 3]],
  ['Timestamp:>2026-11-20T09:00:05Z', not(1, 2, 3, 4, 5)],
  ['Timestamp:2026-11-20T09:00:05Z', [5]],
  ['Timestamp:[2026-11-20T09:00:02 TO "2026-11-20 09:00:04"}', [2, 3]],
  ['Timestamp:"2026-11-20T10:00:06+01:00"', [6]],
  // aliases and any case
  ['level:error', [1]],
  ['level:"WARN"', [2]],
  ['severity:info*', [3]],
  ['SeverityText:"Error"', [1]],
  ['service:cart', [1, 2]],
  ['servicename:"cart"', [1]],
  ['service:("cart" OR "payment")', [1, 3]],
  [`TraceId:${TRACE.toUpperCase()}`, [1, 9]],
  [`trace_id:"${TRACE}"`, [1, 9]],
  ['TraceId:5b8*', [1, 9]],
  ['TraceId:5b8', []],
  ['host:web', [1, 2]],
  ['resource.host.name:"web-1"', [1]],
  // a bare key has one value: the record's, else the resource's
  ['deployment.environment:"prod"', [1]],
  ['deployment.environment:prod', [1]],
  ['deployment.environment:test', [2]],
  ['-deployment.environment:"prod"', not(1)],
  ['ResourceAttributes.deployment.environment:"prod"', [1, 2]],
  // operators
  ['connection timeout', [1]],
  ['connection AND timeout', [1]],
  ['timeout OR kaboom', [1, 3, 7, 12]],
  ['timeout connection OR kaboom', [1, 7, 12]],
  ['kaboom OR timeout connection', [1, 7, 12]],
  ['connection (timeout OR reset)', [1, 9, 10]],
  ['NOT timeout', not(1, 3)],
  ['NOT NOT timeout', [1, 3]],
  ['-(timeout OR kaboom)', not(1, 3, 7, 12)],
  ['connection !timeout', [9, 10]],
  ['connection && +reset || kaboom', [7, 9, 10, 12]],
  ['NOT timeout connection', [9, 10]],
]

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
