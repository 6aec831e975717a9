import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ColumnInfo, TableCapability } from '@/lib/otel/capability'
import { compile, id, join, param, sql } from '@/lib/sql/fragment'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'
import { compileSearch } from './compile-search'

/** One column of each type, named by it; row 2 holds other values, row 3 as little as the type allows. */
const COLUMNS: readonly (readonly [
  name: string,
  type: string,
  one: unknown,
  two: unknown,
  three?: unknown,
])[] = [
  ['txt', 'String', 'Alpha', 'beta'],
  ['ltxt', 'LowCardinality(String)', 'Alpha', 'beta'],
  ['ntxt', 'Nullable(String)', 'Alpha', 'beta', null],
  ['lntxt', 'LowCardinality(Nullable(String))', 'Alpha', 'beta', null],
  ['fix', 'FixedString(8)', 'Alpha', 'beta'],
  ['enu', "Enum8('' = 0, 'Alpha' = 1, 'beta' = 2)", 'Alpha', 'beta'],
  ['flag', 'Bool', true, false],
  ['nflag', 'Nullable(Bool)', true, false, null],
  ['u64', 'UInt64', '18446744073709551615', '18446744073709551614'],
  ['i8', 'Int8', -5, 5],
  ['i256', 'Int256', '-57896044618658097711785492504343953926634992332820282019728792003956564819968', '7'],
  ['nnum', 'Nullable(Int32)', 1, 2, null],
  ['f32', 'Float32', 0.1, 2.5],
  ['f64', 'Float64', 0.1, 2.5],
  ['dec', 'Decimal(18, 4)', '1.1', '2.25'],
  ['sec', "DateTime('Asia/Tokyo')", '2026-11-20 18:00:00', '2026-11-21 18:00:00'],
  ['ms', 'DateTime64(3)', '2026-11-20 09:00:00.250', '2026-11-21 09:00:00.000'],
  ['nts', 'Nullable(DateTime64(9))', '2026-11-20 09:00:00.000000001', '2026-11-21 09:00:00', null],
  ['day', 'Date', '2026-11-20', '2026-11-21'],
  ['day32', 'Date32', '2026-11-20', '2026-11-21'],
  ['uid', 'UUID', '61f0c404-5cb3-11e7-907b-a6006ad3dba0', '00000000-0000-0000-0000-000000000001'],
  ['ip4', 'IPv4', '10.0.0.1', '10.0.0.10', '192.168.0.1'],
  ['ip6', 'IPv6', '2001:db8::1', '2001:db8::10', '::1'],
  ['tags', 'Array(String)', ['Alpha', 'Ax'], ['beta'], []],
  ['nums', 'Array(UInt32)', [1, 20], [3], []],
  ['ntags', 'Array(Nullable(String))', ['Alpha', null], ['beta'], [null]],
  ['deep', 'Array(Array(String))', [['Alpha'], []], [['beta']], []],
  ['map', 'Map(String, String)', { k: 'Alpha' }, { k: 'beta' }, {}],
  ['nmap', 'Map(String, Float64)', { k: 1.5 }, { k: 0 }, {}],
  ['doc', 'JSON', { a: { b: 'Alpha' }, n: 5 }, { a: { b: 'beta' } }, {}],
  [
    'tup',
    'Tuple(name String, size UInt32)',
    { name: 'Alpha', size: 7 },
    { name: 'beta', size: 8 },
    { name: '', size: 0 },
  ],
  ['agg', 'AggregateFunction(count)', undefined, undefined],
]

const SEARCHES: readonly (readonly [text: string, ids: readonly number[]])[] = [
  ...[
    'txt',
    'ltxt',
    'ntxt',
    'lntxt',
    'fix',
    'enu',
    'tags',
    'ntags',
    'deep',
    'map.k',
    'doc.a.b',
    'tup.name',
  ].flatMap(
    (name) =>
      [
        [`${name}:LPH`, [1]],
        [`${name}:"Alpha"`, [1]],
        [`${name}:"alpha"`, []],
        [`${name}:AL*`, [1]],
        [`${name}:b?ta`, [2]],
        [`${name}:/^[Ab]/`, [1, 2]],
        [`${name}:>b`, [2]],
        [`${name}:[A TO B]`, [1]],
        [`${name}:*`, [1, 2]],
        [`${name}:""`, [3]],
        [`-${name}:beta`, [1, 3]],
        [`-${name}:>b`, [1, 3]],
      ] as const,
  ),
  ['flag:true', [1]],
  ['flag:"FALSE"', [2, 3]],
  ['flag:=1', [1]],
  ['nflag:0', [2]],
  ['-nflag:0', [1, 3]],
  ['nflag:*', [1, 2]],
  ['u64:18446744073709551615', [1]],
  ['u64:>18446744073709551614', [1]],
  ['u64:>18446744073709551616', []],
  ['u64:*4', [2]],
  ['i8:-5', [1]],
  ['i8:<0.5', [1, 3]],
  ['i8:(5 OR \\-5)', [1, 2]],
  ['i256:<-1', [1]],
  ['nnum:>=1', [1, 2]],
  ['-nnum:>=1', [3]],
  ['nnum:*', [1, 2]],
  ['nnum:""', [3]],
  ['f32:0.1', [1]],
  ['f32:[0.1 TO 3]', [1, 2]],
  ['f64:>1e-1', [2]],
  ['dec:1.1', [1]],
  ['dec:>1.1000', [2]],
  ['sec:2026-11-20T09:00:00Z', [1]],
  ['sec:>2026-11-20T09:00:00Z', [2]],
  ['ms:2026-11-20T09:00:00.250Z', [1]],
  ['ms:>2026-11-20T09:00:00.2501', [2]],
  ['ms:1795165200250', [1]],
  ['nts:<2026-11-21', [1]],
  ['-nts:<2026-11-21', [2, 3]],
  ['ms:>1800-01-01', [1, 2, 3]],
  ['ms:>9999-01-01', []],
  ['day:2026-11-20', [1]],
  ['day:>2026-11-20', [2]],
  ['day:>2026-11-19T12:00', [1, 2]],
  ['day:<=2026-11-20T12:00', [1, 3]],
  ['day32:[2026-11-20 TO 2026-11-20]', [1]],
  ['uid:61F0C404-5cb3-11e7-907b-a6006ad3dba0', [1]],
  ['uid:5cb3', [1]],
  ['uid:61f0*', [1]],
  ['ip4:10.0.0.1', [1]],
  ['ip4:10.0.0.', [1, 2]],
  ['ip4:10.0.0.0/24', [1, 2]],
  ['ip4:>10.0.0.1', [2, 3]],
  ['ip6:2001:db8::1', [1]],
  ['ip6:2001:DB8::/32', [1, 2]],
  ['nums:20', [1]],
  ['nums:>2', [1, 2]],
  ['nums:*', [1, 2]],
  ['-nums:>2', [3]],
  ['nums:""', [3]],
  ['map:*', [1, 2]],
  ['nmap.k:0', [2]],
  ['nmap.k:<1', [2]],
  ['nmap.k:*', [1, 2]],
  ['-nmap.k:<1', [1, 3]],
  ['doc.n:>4', [1]],
  ['doc:alpha', [1]],
  ['tup.size:>7', [2]],
]

const REFUSED: readonly (readonly [text: string, code: string, named: string])[] = [
  ['flag:maybe', 'bad_value', 'Bool'],
  ['u64:abc', 'bad_value', 'UInt64'],
  ['u64:>5s', 'bad_unit', 'UInt64'],
  ['dec:[a TO b]', 'bad_value', 'Decimal(18, 4)'],
  ['ms:yesterday', 'bad_value', 'DateTime64(3)'],
  ['day:2026-02-31', 'bad_value', 'Date'],
  ['uid:>x', 'bad_value', 'UUID'],
  ['ip4:>10.0.0.256', 'bad_value', 'IPv4'],
  ['ip4:10.0.0.0/33', 'bad_value', 'IPv4'],
  ['nums:abc', 'bad_value', 'UInt32'],
  ['map:Alpha', 'unsupported_type', 'Map(String, String)'],
  ['agg:1', 'unsupported_type', 'AggregateFunction(count)'],
  ['nothing_here:1', 'unknown_field', 'nothing_here'],
]

let engine: TestEngine
let client: ReturnType<typeof createClient>
let table: TableCapability

beforeAll(async () => {
  engine = await startTestEngine()
  client = createClient({ url: engine.url })
  const columns = COLUMNS.map(([name, type]) => `${name} ${type}`)
  await client.command({
    query: `CREATE TABLE types (Id UInt32, ${columns.join(', ')}) ENGINE = MergeTree ORDER BY Id`,
  })
  const values = [1, 2, 3].map((row) => {
    const cells = COLUMNS.map((column) => [column[0], column[row + 1]] as const)
    return { Id: row, ...Object.fromEntries(cells.filter(([, value]) => value !== undefined)) }
  })
  await client.insert({ table: 'types', values, format: 'JSONEachRow' })
  const described = await client.query({ query: 'DESCRIBE TABLE types', format: 'JSONEachRow' })
  table = {
    kind: 'logs',
    database: 'default',
    table: 'types',
    columns: (await described.json<ColumnInfo>()).map(({ name, type }) => ({ name, type })),
    roles: {},
    durationUnit: 'ns',
    sortingKey: ['Id'],
    partitionKey: '',
    timeKeys: [],
    indexes: [],
    rollups: [],
    items: {},
  }
})
afterAll(async () => {
  await client?.close()
  await engine?.stop()
})

test('every type takes the values it can, and NOT is the complement', async () => {
  for (let start = 0; start < SEARCHES.length; start += 40) {
    const batch = SEARCHES.slice(start, start + 40).flatMap(([text, ids]) => [
      [text, ids] as const,
      [`NOT (${text})`, [1, 2, 3].filter((row) => !ids.includes(row))] as const,
    ])
    const parts = batch.map(([text], i) => {
      const { where, diagnostics } = compileSearch(text, table)
      expect(diagnostics, text).toEqual([])
      return sql`SELECT ${param(i, 'UInt32')} AS search, Id FROM ${id('types')} WHERE ${where}`
    })
    const query = compile(join(parts, sql` UNION ALL `))
    const result = await client.query({ query: query.sql, query_params: query.params, format: 'JSONEachRow' })
    const found = batch.map((): number[] => [])
    for (const row of await result.json<{ search: number; Id: number }>()) found[row.search]!.push(row.Id)
    const sorted = found.map((ids, i) => [batch[i]![0], ids.sort()])
    expect(Object.fromEntries(sorted)).toEqual(Object.fromEntries(batch))
  }
})

test.each(REFUSED)('%s is refused with the name of the type', (text, code, named) => {
  const { diagnostics } = compileSearch(text, table)
  expect(diagnostics).toHaveLength(1)
  expect(diagnostics[0]).toMatchObject({ severity: 'error', code })
  expect(diagnostics[0]?.message).toContain(named)
})
