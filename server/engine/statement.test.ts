import { describe, expect, test } from 'vitest'
import { EngineError, httpStatus, toEngineError } from './exception'
import { intoOutfile, readInsertHead, readStatement } from './statement'

describe('readStatement', () => {
  test.each([
    ['SELECT 1', 'select', null],
    ['(SELECT 1) FORMAT CSV', 'select', 'CSV'],
    ['WITH 1 AS x INSERT INTO t SELECT x', 'insert-select', null],
    ['with 1 as x select x format JSON settings a = 1', 'select', 'JSON'],
    ["SELECT format('{}', 1) AS FORMAT", 'select', null],
    ["SELECT ' FORMAT CSV'", 'select', null],
    ['SHOW TABLES FORMAT TSV;', 'other', 'TSV'],
    ['KILL QUERY WHERE 1', 'kill', null],
    ['INSERT INTO t SELECT 1', 'insert-select', null],
  ])('%s', (sql, kind, format) => {
    expect(readStatement(sql)).toMatchObject({ kind, sql, format })
  })
  test.each([
    ['', 62],
    ['-- nothing', 62],
    ['SELECT 1; SELECT 2', 62],
    ["SELECT 1 INTO OUTFILE 'x'", 348],
    ["INSERT INTO t FROM INFILE 'x' FORMAT CSV", 36],
    ["INSERT INTO t SELECT * FROM input('a UInt8') FORMAT CSV", 48],
  ])('refuses %s with %i', (sql, code) => {
    expect(() => readStatement(sql)).toThrow(expect.objectContaining({ code }))
  })
  test('semicolons in strings, comments and at the end are none', () => {
    expect(readStatement("SELECT ';' /* ; */ -- ;\n;;").kind).toBe('select')
  })
})

describe('readInsertHead', () => {
  test('finds target, settings, format and where the data starts', () => {
    const sql =
      '/* c */ INSERT INTO db.t (a, `b FORMAT c`) SETTINGS x = 1, y = \'z\' FORMAT JSONEachRow\n{"a":1}'
    const head = readInsertHead(sql)
    expect(head).toMatchObject({
      target: '/* c */ INSERT INTO db.t (a, `b FORMAT c`)',
      settings: "SETTINGS x = 1, y = 'z'",
      format: 'JSONEachRow',
    })
    expect(sql.slice(head?.dataAt)).toBe('\n{"a":1}')
  })
  test('VALUES is a format too', () => {
    expect(readInsertHead("insert into t values (1, 'FORMAT x')")).toMatchObject({
      target: 'insert into t',
      format: 'Values',
    })
  })
  test.each([
    'SELECT 1',
    'INSERT INTO t SELECT 1 FORMAT CSV',
    'INSERT INTO t',
    'INSERT INTO t (a',
    "INSERT INTO t FROM INFILE 'x' FORMAT CSV",
  ])('is null for %s', (sql) => expect(readInsertHead(sql)).toBeNull())
})

describe('exceptions', () => {
  test('are read from what the addon throws, nested ones too', () => {
    const text =
      'Query failed: Code: 27. DB::Exception: Code: 27. DB::Exception: Cannot parse (x). (CANNOT_PARSE_INPUT_ASSERTION_FAILED)'
    const error = toEngineError(new Error(text))
    expect(error).toMatchObject({
      code: 27,
      message: 'Cannot parse (x).',
      type: 'CANNOT_PARSE_INPUT_ASSERTION_FAILED',
    })
    expect(httpStatus(error)).toBe(400)
    expect(error.text('26.7.2.1')).toBe(
      'Code: 27. DB::Exception: Cannot parse (x). (CANNOT_PARSE_INPUT_ASSERTION_FAILED) (version 26.7.2.1 (official build))\n',
    )
  })
  test('what has no code is still one', () => {
    expect(toEngineError(new TypeError('boom'))).toMatchObject({ code: 1001, type: 'STD_EXCEPTION' })
    expect(httpStatus(new EngineError(1001, 'boom'))).toBe(500)
  })
})

describe('a result into a file of ours', () => {
  test.each([
    ['SELECT 1', "SELECT 1\nINTO OUTFILE '/f' COMPRESSION 'none' FORMAT JSON"],
    ['SELECT 1 -- FORMAT CSV\n;;', "SELECT 1\nINTO OUTFILE '/f' COMPRESSION 'none' FORMAT JSON"],
    ['SELECT 1 FORMAT XML; -- x', "SELECT 1 \nINTO OUTFILE '/f' COMPRESSION 'none' FORMAT XML"],
    [
      "SELECT ';' SETTINGS a = 1 FORMAT XML SETTINGS b = 2",
      "SELECT ';' SETTINGS a = 1 \nINTO OUTFILE '/f' COMPRESSION 'none' FORMAT XML SETTINGS b = 2",
    ],
    ['SELECT 1 /* no end', "SELECT 1 /* no end\nINTO OUTFILE '/f' COMPRESSION 'none' FORMAT JSON"],
  ])('%s', (sql, expected) => {
    expect(intoOutfile(readStatement(sql), '/f', 'JSON')).toBe(expected)
  })
})
