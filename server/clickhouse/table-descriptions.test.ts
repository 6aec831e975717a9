import { expect, it } from 'vitest'
import { describeTables } from './table-descriptions'

const index = {
  name: 'idx_trace_id',
  type: 'bloom_filter',
  type_full: 'bloom_filter(0.001)',
  expr: 'TraceId',
}

it('reads keys and indexes of a Distributed table from the table under it', () => {
  const [local, distributed, elsewhere] = describeTables('otel', {
    tables: [
      {
        name: 'otel_traces_local',
        engine: 'ReplicatedMergeTree',
        engine_full: 'ReplicatedMergeTree ORDER BY Timestamp SETTINGS enable_block_number_column = 1',
        sorting_key: 'Timestamp',
        partition_key: 'toDate(Timestamp)',
      },
      {
        name: 'otel_traces',
        engine: 'Distributed',
        engine_full: "Distributed('main', 'otel', 'otel_traces_local', cityHash64(TraceId))",
        sorting_key: '',
        partition_key: '',
      },
      {
        name: 'other_traces',
        engine: 'Distributed',
        engine_full: "Distributed('main', 'other', 'otel_traces_local')",
        sorting_key: '',
        partition_key: '',
      },
    ],
    columns: [
      { table: 'otel_traces', name: 'TraceId', type: 'String', default_kind: '', default_expression: '' },
    ],
    indexes: [{ table: 'otel_traces_local', ...index }],
  })
  expect(local?.indexes).toHaveLength(1)
  expect(distributed).toMatchObject({
    table: 'otel_traces',
    sortingKey: 'Timestamp',
    partitionKey: 'toDate(Timestamp)',
    columns: [{ name: 'TraceId', type: 'String' }],
    indexes: [{ name: 'idx_trace_id', typeFull: 'bloom_filter(0.001)', expression: 'TraceId' }],
  })
  expect(distributed?.engineFull).toContain('enable_block_number_column = 1')
  expect(elsewhere).toMatchObject({ sortingKey: '', indexes: [] })
})
