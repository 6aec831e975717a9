import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'
import { asPerson, createTestTable } from './person-testing'

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine()
  await createTestTable(engine)
})
afterAll(() => engine.stop())

describe('honest queries run', () => {
  test.each([
    'SELECT count() FROM t',
    'select a, s from t where a > 3 order by a desc limit 2',
    'SELECT a FROM t WHERE a = 1;',
    'WITH (SELECT max(a) FROM t) AS top SELECT a FROM t WHERE a = top',
    'WITH x AS (SELECT a FROM t) SELECT sum(a) FROM x',
    'SELECT a, row_number() OVER (PARTITION BY a % 2 ORDER BY a) FROM t',
    'SELECT x.a, y.s FROM t AS x INNER JOIN t AS y ON x.a = y.a',
    'SELECT x.a FROM t AS x, t AS y WHERE x.a = y.a',
    'SELECT a, tag FROM t ARRAY JOIN tags AS tag',
    'SELECT a, u FROM t ARRAY JOIN arrayMap(x -> upper(x), tags) AS u',
    'SELECT a, n FROM t ARRAY JOIN arrayEnumerate(tags) AS n, tags AS tag',
    'SELECT number FROM numbers(3)',
    'SELECT t.a FROM t JOIN numbers(3) AS n ON t.a = n.number',
    "SELECT * FROM values('a UInt8', 1, 2)",
    'SELECT * FROM generateSeries(1, 3)',
    'SELECT quantile(0.9)(a), quantiles(0.5, 0.99)(a), topK(3)(s) FROM t',
    "SELECT 'file(x) INTO OUTFILE SETTINGS a = 1; DROP TABLE t'",
    "SELECT s FROM t WHERE s LIKE '%url(%' OR s = 'sleep'",
    'SELECT "file" FROM t',
    'SELECT `file`, count() FROM t GROUP BY file ORDER BY file',
    'SELECT t.file, length(file) FROM t',
    "SELECT m['user.id'] AS format, a AS settings FROM t",
    "SELECT format('{}-{}', s, file) FROM t",
    'SELECT toStartOfInterval(ts, INTERVAL 5 MINUTE) AS time, count() AS c FROM t GROUP BY time ORDER BY time WITH FILL FROM toDateTime(1763629200) TO toDateTime(1763629260) STEP 10',
    'SELECT a IS DISTINCT FROM toUInt64(3) FROM t',
    "SELECT extract(s, '[0-9]+'), trim(BOTH 'x' FROM s), EXTRACT(YEAR FROM ts) FROM t",
    'SELECT * EXCEPT (m, tags) FROM t LIMIT 1',
    'SELECT * APPLY toString FROM t LIMIT 1',
    'SELECT CASE WHEN a > 3 THEN 1 ELSE 2 END, a::String, [1, 2][1], (1, 2).1 FROM t',
    'SELECT a FROM t WHERE a IN (SELECT a FROM t WHERE a < 3)',
    '(SELECT 1) UNION ALL (SELECT 2)',
    'SELECT * FROM (SELECT a FROM t UNION DISTINCT SELECT a FROM t) LIMIT 1 BY a',
    'SELECT -- comment with file(x)\n 1 # another\n',
    'EXPLAIN SELECT a FROM t',
    'EXPLAIN indexes = 1 SELECT a FROM t WHERE a = 3',
    'EXPLAIN PIPELINE SELECT a FROM t',
    'DESCRIBE TABLE t',
    'DESC (SELECT a, s FROM t)',
    'SHOW TABLES',
    "SHOW COLUMNS FROM t LIKE 'a%'",
    'SHOW CREATE TABLE t',
    "SELECT name, type FROM system.columns WHERE table = 't'",
    'SELECT a FROM default.t PREWHERE a > 1 WHERE a < 5 GROUP BY a HAVING count() > 0 LIMIT 1 OFFSET 0',
    "SELECT dateDiff('second', min(ts), max(ts)) FROM t",
    'FROM t SELECT a',
    'SELECT {a:UInt8} = 1 OR 1',
  ])('%s', async (sql) => {
    const outcome = await asPerson(engine, sql, 'statement')
    if (sql.includes('{a:UInt8}'))
      expect(outcome).toMatchObject({ how: 'failed', text: expect.stringContaining('456') })
    else expect(outcome).toMatchObject({ how: 'ran' })
  })

  test.each([
    'a > 3',
    "s ILIKE '%row%' AND NOT (a = 1 OR a = 2)",
    "m['user.id'] = '7'",
    "has(tags, 'x')",
    'a BETWEEN 1 AND 5',
    'a IN (1, 2, 3)',
    'a IN (SELECT a FROM t WHERE a < 5)',
    'a IN (SELECT a AS b FROM t ORDER BY b LIMIT 2)',
    'a > (SELECT avg(a) FROM t)',
    "arrayExists((x) -> x = 'y', tags)",
    'CASE WHEN a > 3 THEN 1 ELSE 0 END',
    "CAST(a AS String) = '3'",
    'a::String != s -- trailing comment',
    'ts > now() - INTERVAL 5 YEAR',
    "file = 'f'",
    "replace(s, 'row', '') != '' AND left(s, 1) = 'r' AND REPLACE(s, 'a', 'b') != ''",
    'if(a = 1, 2, 3) % 2',
    'a * 2 > 3',
    'a IS NOT DISTINCT FROM toUInt64(3)',
    'length(tags[1]) > 0',
    "(a, s) != (1, 'x')",
  ])('%s', async (sql) => {
    expect(await asPerson(engine, sql, 'expression')).toMatchObject({ how: 'ran' })
  })
})
