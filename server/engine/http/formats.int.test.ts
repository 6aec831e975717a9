import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '../testing'
import { type HttpTools, httpTools } from './http-testing'

/** More rows than the engine puts into one block: a result in several pieces. */
const ROWS = 200_000
const SQL = `SELECT toUInt32(number) AS id, toString(number) AS s FROM numbers(${ROWS})`

let engine: TestEngine
let send: HttpTools['send']
let ask: HttpTools['ask']

beforeAll(async () => {
  engine = await startTestEngine()
  ;({ send, ask } = httpTools(engine))
})
afterAll(async () => {
  await engine.stop()
})

const inFormat = (format: string, body = SQL, params: Record<string, string> = {}): Promise<string> =>
  ask({ params: { ...params, default_format: format }, body })

interface Document {
  readonly meta: readonly { readonly name: string }[]
  readonly data: readonly unknown[]
  readonly totals?: unknown
  readonly extremes?: { readonly min: unknown; readonly max: unknown }
  readonly rows: number
  readonly rows_before_limit_at_least?: number
  readonly statistics: { readonly rows_read: number; readonly bytes_read: number }
}

async function document(format: string, body = SQL, params: Record<string, string> = {}): Promise<Document> {
  return JSON.parse(await inFormat(format, body, params)) as Document
}

describe('200,000 rows are one document', () => {
  test.each(['JSON', 'JSONCompact', 'JSONStrings', 'JSONCompactStrings'])(
    '%s, with what was read',
    async (format) => {
      const { meta, data, rows, statistics } = await document(format)
      expect(meta.map(({ name }) => name)).toEqual(['id', 's'])
      expect([data.length, rows, statistics.rows_read]).toEqual([ROWS, ROWS, ROWS])
      expect(JSON.stringify(data.at(-1))).toContain(`"${ROWS - 1}"`)
    },
  )

  test('JSON by columns and by row names', async () => {
    const columns = JSON.parse(await inFormat('JSONColumns')) as Record<string, unknown[]>
    expect([columns.id?.length, columns.s?.length]).toEqual([ROWS, ROWS])
    const compact = JSON.parse(await inFormat('JSONCompactColumns')) as unknown[][]
    expect(compact.map((column) => column.length)).toEqual([ROWS, ROWS])
    const withMeta = JSON.parse(await inFormat('JSONColumnsWithMetadata')) as {
      data: Record<string, unknown[]>
    }
    expect(withMeta.data.id?.length).toBe(ROWS)
    expect(Object.keys(JSON.parse(await inFormat('JSONObjectEachRow')) as object)).toHaveLength(ROWS)
  })

  test.each([
    ['CSVWithNames', '"id","s"', 1],
    ['CSVWithNamesAndTypes', '"id","s"', 2],
    ['TSVWithNames', 'id\ts', 1],
    ['TabSeparatedWithNamesAndTypes', 'id\ts', 2],
    ['JSONCompactEachRowWithNames', '["id", "s"]', 1],
    ['JSONCompactEachRowWithNamesAndTypes', '["id", "s"]', 2],
    ['JSONCompactStringsEachRowWithNames', '["id", "s"]', 1],
    ['Markdown', '| id | s |', 2],
    ['TSV', '0\t0', 0],
    ['CSV', '0,"0"', 0],
    ['JSONEachRow', '{"id":0,"s":"0"}', 0],
    ['JSONCompactEachRow', '[0, "0"]', 0],
    ['TSKV', 'id=0\ts=0', 0],
  ])('%s begins with its head, once', async (format, head, headLines) => {
    const lines = (await inFormat(format)).trimEnd().split('\n')
    expect(lines[0]).toBe(head)
    expect(lines.filter((line) => line === head)).toHaveLength(1)
    expect(lines).toHaveLength(headLines + ROWS)
  })

  test('rows in brackets, with delimiters, in a template, in XML, for people, with progress', async () => {
    const brackets = { output_format_json_array_of_rows: '1' }
    expect(JSON.parse(await inFormat('JSONEachRow', SQL, brackets))).toHaveLength(ROWS)
    expect(
      JSON.parse(await inFormat('JSONEachRow', `${SQL} SETTINGS output_format_json_array_of_rows = 1`)),
    ).toHaveLength(ROWS)
    expect((await inFormat('Values')).match(/\),\(/g)).toHaveLength(ROWS - 1)
    const template = {
      format_template_resultset_format: '[$' + '{data}]',
      format_template_row_format: '$' + '{id:JSON}',
      format_template_rows_between_delimiter: ',',
    }
    expect(JSON.parse(await inFormat('Template', SQL, template))).toHaveLength(ROWS)
    const xml = await inFormat('XML')
    expect([xml.match(/<result>/g)?.length, xml.match(/<row>/g)?.length]).toEqual([1, ROWS])
    expect(xml).toMatch(new RegExp(`<rows_read>${ROWS}</rows_read>[\\s\\S]*</result>\\n$`))
    expect((await inFormat('PrettyCompactMonoBlock')).match(/┌─+id─/g)).toHaveLength(1)
    expect((await inFormat('Vertical')).match(/^Row 1:$/gm)).toHaveLength(1)
    expect((await inFormat('SQLInsert')).startsWith('INSERT INTO table (`id`, `s`) VALUES (0, ')).toBe(true)
    expect((await inFormat('JSONEachRowWithProgress')).match(/^\{"row":/gm)).toHaveLength(ROWS)
  })

  test.each([
    'Parquet',
    'Arrow',
    'ArrowStream',
    'ORC',
    'Avro',
    'BSONEachRow',
    'MsgPack',
    'Native',
    'RowBinary',
    'RowBinaryWithNames',
    'RowBinaryWithNamesAndTypes',
  ])('%s comes back as it went', async (format) => {
    await ask({ body: 'CREATE OR REPLACE TABLE back (id UInt32, s String) ENGINE = MergeTree ORDER BY id' })
    const answer = await send({ params: { default_format: format }, body: SQL })
    const body = Buffer.from(await answer.arrayBuffer())
    await ask({ params: { query: `INSERT INTO back FORMAT ${format}` }, body })
    expect(await ask({ body: 'SELECT count(), sum(id), uniqExact(s) FROM back' })).toBe(
      `${ROWS}\t${(ROWS * (ROWS - 1)) / 2}\t${ROWS}\n`,
    )
  })
})

describe('around the rows', () => {
  const GROUPED =
    'SELECT number % 3 AS a, count() AS c FROM numbers(1000) GROUP BY a WITH TOTALS ORDER BY a LIMIT 2'

  test('totals, extremes and what LIMIT cut off', async () => {
    const answer = await document('JSONCompact', GROUPED, { extremes: '1' })
    expect(answer).toMatchObject({
      data: [
        [0, 334],
        [1, 333],
      ],
      totals: [0, 1000],
      extremes: { min: [0, 333], max: [1, 334] },
      rows: 2,
      rows_before_limit_at_least: 3,
    })
    expect(answer.statistics.rows_read).toBe(1000)
    expect(await inFormat('TSV', GROUPED)).toBe('0\t334\n1\t333\n\n0\t1000\n')
    expect(await inFormat('CSVWithNames', GROUPED)).toBe('"a","c"\n0,334\n1,333\n\n0,1000\n')
  })

  test('no rows', async () => {
    const nothing = `${SQL} WHERE id > 1000000`
    expect(await document('JSON', nothing)).toMatchObject({
      data: [],
      rows: 0,
      statistics: { rows_read: ROWS },
    })
    expect((await document('JSON', nothing)).meta).toHaveLength(2)
    expect(await inFormat('CSVWithNames', nothing)).toBe('"id","s"\n')
    expect(await inFormat('JSONEachRow', nothing)).toBe('')
    expect((await inFormat('Parquet', nothing)).slice(0, 4)).toBe('PAR1')
  })

  test.each([
    'SELECT 1 AS x FORMAT JSONCompactColumns',
    'SELECT 1 AS x FORMAT JSONCompactColumns SETTINGS max_threads = 1;',
    'SELECT 1 AS x SETTINGS max_threads = 1 FORMAT JSONCompactColumns -- a comment',
    '(SELECT 1 AS x) /* FORMAT */ FORMAT /* x */ JSONCompactColumns ; -- INTO OUTFILE',
    'SELECT 1 AS x -- a comment\n; /* another */ ;',
    "WITH 'FORMAT JSON' AS f SELECT toUInt8(length(f) > 0) AS x",
    'SELECT toUInt8(count()) AS x FROM (SELECT 1 LIMIT 1)',
  ])('%s', async (body) => {
    expect(JSON.parse(await inFormat('JSONCompactColumns', body))).toEqual([[1]])
  })

  test('a format is a name and nothing more', async () => {
    for (const format of ['Nope', "JSON INTO OUTFILE '/tmp/x'", 'JSON SETTINGS readonly = 0', 'JSON;']) {
      const response = await send({ params: { default_format: format }, body: 'SELECT 1' })
      expect([response.status, response.headers.get('x-clickhouse-exception-code')]).toEqual([404, '73'])
      expect(await response.text()).not.toMatch(/version 26[\s\S]*version 26/)
    }
  })
})
