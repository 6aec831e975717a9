import type { SkipIndex } from './capability'
import type { DescribedColumn, TableDescription } from './derive-capability'

/** Tables as ClickHouse describes them, one per generation of the Collector's exporter. */

type ColumnSpec = readonly [name: string, type: string, defaultKind?: string, defaultExpression?: string]

export function describeTable(
  table: string,
  columns: readonly ColumnSpec[],
  rest: Partial<TableDescription> = {},
): TableDescription {
  return {
    database: 'otel',
    table,
    engine: 'MergeTree',
    engineFull: 'MergeTree',
    sortingKey: '',
    partitionKey: 'toDate(Timestamp)',
    columns: columns.map(
      ([name, type, defaultKind = '', defaultExpression = '']): DescribedColumn => ({
        name,
        type,
        defaultKind,
        defaultExpression,
      }),
    ),
    indexes: [],
    ...rest,
  }
}

const MAP = 'Map(LowCardinality(String), String)'

const SPAN_HEAD: readonly ColumnSpec[] = [
  ['Timestamp', 'DateTime64(9)'],
  ['TraceId', 'String'],
  ['SpanId', 'String'],
  ['ParentSpanId', 'String'],
  ['TraceState', 'String'],
  ['SpanName', 'LowCardinality(String)'],
  ['SpanKind', 'LowCardinality(String)'],
  ['ServiceName', 'LowCardinality(String)'],
]
const STATUS: readonly ColumnSpec[] = [
  ['StatusCode', 'LowCardinality(String)'],
  ['StatusMessage', 'String'],
  ['Events.Timestamp', 'Array(DateTime64(9))'],
  ['Events.Name', 'Array(LowCardinality(String))'],
]
const bloom = (name: string, expression: string): SkipIndex => ({
  name,
  type: 'bloom_filter',
  typeFull: 'bloom_filter(0.01)',
  expression,
})

export const itemsExpression = (map: string) =>
  `arrayMap(x -> concat(x.1, '=', x.2), CAST(${map}, 'Array(Tuple(String, String))'))`

/** 2022–23: signed durations, no scope name, lookup in DateTime64. */
export const GENERATION_A = {
  traces: describeTable(
    'otel_traces',
    [...SPAN_HEAD, ['ResourceAttributes', MAP], ['SpanAttributes', MAP], ['Duration', 'Int64'], ...STATUS],
    {
      sortingKey: 'ServiceName, SpanName, toUnixTimestamp(Timestamp), TraceId',
      indexes: [bloom('idx_trace_id', 'TraceId')],
    },
  ),
  lookup: describeTable(
    'otel_traces_trace_id_ts',
    [
      ['TraceId', 'String'],
      ['Start', 'DateTime64(9)'],
      ['End', 'DateTime64(9)'],
    ],
    { sortingKey: 'TraceId, toUnixTimestamp(Start)', partitionKey: '' },
  ),
}

const LOG_COLUMNS: readonly ColumnSpec[] = [
  ['TraceId', 'String'],
  ['SpanId', 'String'],
  ['TraceFlags', 'UInt8'],
  ['SeverityText', 'LowCardinality(String)'],
  ['SeverityNumber', 'UInt8'],
  ['ServiceName', 'LowCardinality(String)'],
  ['Body', 'String'],
  ['ResourceAttributes', MAP],
  ['ScopeName', 'String'],
  ['LogAttributes', MAP],
]

/** v0.110 and later: logs sorted by service and a second time column. */
export const GENERATION_B = {
  logs: describeTable(
    'otel_logs',
    [
      ['Timestamp', 'DateTime64(9)'],
      ['TimestampTime', 'DateTime', 'DEFAULT', 'toDateTime(Timestamp)'],
      ...LOG_COLUMNS,
    ],
    {
      sortingKey: 'ServiceName, TimestampTime, Timestamp',
      partitionKey: 'toDate(TimestampTime)',
      indexes: [
        { name: 'idx_body', type: 'tokenbf_v1', typeFull: 'tokenbf_v1(32768, 3, 0)', expression: 'Body' },
      ],
    },
  ),
}

/** 2025 with JSON columns: no map, no second time column. */
export const GENERATION_C = {
  logs: describeTable(
    'otel_logs',
    [
      ['Timestamp', 'DateTime64(9)'],
      ...LOG_COLUMNS.map((column): ColumnSpec => (column[1] === MAP ? [column[0], 'JSON'] : column)),
      ['LogAttributesKeys', 'Array(LowCardinality(String))'],
      ['EventName', 'String'],
    ],
    { sortingKey: 'ServiceName, toDateTime(Timestamp), Timestamp' },
  ),
}

/** 2026: time bucket first, items under text indexes, metrics in seconds. */
export const GENERATION_D = {
  logs: describeTable(
    'otel_logs',
    [
      ['Timestamp', 'DateTime64(9)'],
      ...LOG_COLUMNS,
      ['EventName', 'String'],
      ['LogAttributeItems', 'Array(String)', 'ALIAS', itemsExpression('LogAttributes')],
      [
        '__otel_materialized_k8s.pod.name',
        'LowCardinality(String)',
        'MATERIALIZED',
        "ResourceAttributes['k8s.pod.name']",
      ],
    ],
    {
      sortingKey: 'toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp',
      indexes: [
        {
          name: 'idx_log_items',
          type: 'text',
          typeFull: "text(tokenizer = 'array')",
          expression: itemsExpression('LogAttributes'),
        },
      ],
    },
  ),
  gauge: describeTable(
    'otel_metrics_gauge',
    [
      ['ResourceAttributes', MAP],
      ['ServiceName', 'LowCardinality(String)'],
      ['MetricName', 'LowCardinality(String)'],
      ['Attributes', MAP],
      ['TimeUnix', 'DateTime'],
      ['Value', 'Float64'],
    ],
    {
      sortingKey: 'ServiceName, MetricName, toStartOfHour(TimeUnix), cityHash64(Attributes), TimeUnix',
      partitionKey: 'toDate(TimeUnix)',
    },
  ),
}

/** Somebody's own table. */
export const CUSTOM = describeTable(
  'traces',
  [
    ['trace_id', 'String'],
    ['span_id', 'String'],
    ['timestamp', 'DateTime64(6)'],
    ['service_name', 'LowCardinality(String)'],
    ['span_name', 'String'],
    ['status_code', 'LowCardinality(String)'],
    ['duration_ms', 'Float64'],
    ['attributes', 'Map(String, String)'],
  ],
  { sortingKey: 'service_name, timestamp', partitionKey: 'toYYYYMM(timestamp)' },
)
