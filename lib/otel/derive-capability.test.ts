import { describe, expect, it } from 'vitest'
import { deriveCapability, type TableDescription } from './derive-capability'
import {
  CUSTOM,
  describeTable,
  GENERATION_A,
  GENERATION_B,
  GENERATION_C,
  GENERATION_D,
} from './generations.fixture'

const derive = (table: TableDescription, siblings: readonly TableDescription[] = []) => {
  const capability = deriveCapability(table, [table, ...siblings])
  if (!capability) throw new Error(`${table.table} was not recognised`)
  return capability
}

describe('the exporter generations', () => {
  it('A: signed durations in ns, no scope, a lookup of trace times', () => {
    const traces = derive(GENERATION_A.traces, [GENERATION_A.lookup])
    expect(traces.kind).toBe('traces')
    expect(traces.durationUnit).toBe('ns')
    expect(traces.roles).toMatchObject({
      time: 'Timestamp',
      attributes: 'SpanAttributes',
      duration: 'Duration',
    })
    expect(traces.roles.scopeName).toBeUndefined()
    expect(traces.traceLookup).toEqual({
      table: 'otel_traces_trace_id_ts',
      traceId: 'TraceId',
      start: 'Start',
      end: 'End',
    })
    expect(traces.timeKeys).toContainEqual({
      expression: 'toUnixTimestamp(Timestamp)',
      convert: 'toUnixTimestamp($)',
    })
  })

  it('B: the second time column of logs and the partition by it follow from Timestamp', () => {
    const logs = derive(GENERATION_B.logs)
    expect(logs.roles.time).toBe('Timestamp')
    expect(logs.timeKeys).toEqual([
      { expression: 'TimestampTime', convert: 'toDateTime($)' },
      { expression: 'toDate(TimestampTime)', convert: 'toDate(toDateTime($))' },
    ])
    expect(logs.indexes[0]).toMatchObject({ type: 'tokenbf_v1', expression: 'Body' })
  })

  it('C: JSON columns play the roles of the maps', () => {
    const logs = derive(GENERATION_C.logs)
    expect(logs.roles).toMatchObject({
      attributes: 'LogAttributes',
      resource: 'ResourceAttributes',
      eventName: 'EventName',
    })
    expect(logs.items).toEqual({})
  })

  it('D: time-first order, items named in the index, materialised columns marked', () => {
    const logs = derive(GENERATION_D.logs)
    expect(logs.sortingKey).toEqual(['toStartOfFiveMinutes(Timestamp)', 'ServiceName', 'Timestamp'])
    expect(logs.timeKeys?.[0]).toEqual({
      expression: 'toStartOfFiveMinutes(Timestamp)',
      convert: 'toStartOfFiveMinutes($)',
    })
    expect(logs.items).toEqual({ LogAttributes: 'LogAttributeItems' })
    expect(logs.indexes[0]?.expression).toBe('LogAttributeItems')
    expect(logs.columns.find((column) => column.name === '__otel_materialized_k8s.pod.name')?.computed).toBe(
      'materialized',
    )
  })

  it('D: metrics by their metric name', () => {
    const gauge = derive(GENERATION_D.gauge)
    expect(gauge.kind).toBe('metrics')
    expect(gauge.roles).toMatchObject({ time: 'TimeUnix', service: 'ServiceName', attributes: 'Attributes' })
  })
})

describe('tables of others', () => {
  it('guesses the roles of a custom table by name and type', () => {
    const traces = derive(CUSTOM)
    expect(traces.kind).toBe('traces')
    expect(traces.durationUnit).toBe('ms')
    expect(traces.roles).toEqual({
      time: 'timestamp',
      traceId: 'trace_id',
      spanId: 'span_id',
      service: 'service_name',
      name: 'span_name',
      status: 'status_code',
      duration: 'duration_ms',
      attributes: 'attributes',
    })
  })

  it('lets roles set by hand win, unless the column does not exist', () => {
    const capability = deriveCapability(CUSTOM, [], { name: 'status_code', service: 'gone' })
    expect(capability?.roles).toMatchObject({ name: 'status_code', service: 'service_name' })
  })

  it('leaves out what is neither traces, logs nor metrics', () => {
    expect(
      deriveCapability(
        describeTable('orders', [
          ['id', 'UInt64'],
          ['paid', 'DateTime'],
        ]),
        [],
      ),
    ).toBeNull()
    expect(deriveCapability(describeTable('notes', [['body', 'String']]), [])).toBeNull()
  })
})

it('finds the rollup of our own tables with the dimensions it keeps', () => {
  const rollup = describeTable('spanlight_logs_1m', [
    ['Time', 'DateTime'],
    ['ServiceName', 'LowCardinality(String)'],
    ['SeverityText', 'LowCardinality(String)'],
    ['Count', 'UInt64'],
  ])
  expect(derive(GENERATION_D.logs, [rollup]).rollups).toEqual([
    {
      table: 'spanlight_logs_1m',
      timeColumn: 'Time',
      bucketSeconds: 60,
      dimensions: { ServiceName: 'ServiceName', SeverityText: 'SeverityText' },
      countColumn: 'Count',
    },
  ])
})

it('knows the virtual columns that name a row, where the table keeps them', () => {
  const settings = 'SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1'
  const kept = { ...GENERATION_D.logs, engineFull: `MergeTree ORDER BY Timestamp ${settings}` }
  expect(derive(kept).rowId).toEqual(['_block_number', '_block_offset'])
  expect(derive(GENERATION_D.logs).rowId).toBeUndefined()
})
