import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'
import { checkUserSql, toNormalise, type UserSqlKind } from './check'

/** Every statement here goes the way of the API: ClickHouse prints it, the guard looks at it, a viewer runs it. */

const SECRET = 'S3CRET-in-a-file'
let engine: TestEngine
let folder: string
let secretFile: string
let listener: http.Server
let hits = 0
let port = 0

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'spanlight-sql-'))
  secretFile = path.join(folder, 'secret.txt')
  writeFileSync(secretFile, `${SECRET}\n`)
  listener = http.createServer((_request, response) => {
    hits++
    response.end(SECRET)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  engine = await startTestEngine()
  await post(
    'CREATE TABLE t (a UInt64, s String, file String, m Map(String, String), tags Array(String), ts DateTime64(9)) ENGINE = MergeTree ORDER BY a',
  )
  await post(
    "INSERT INTO t SELECT number, concat('row ', toString(number)), 'f', map('user.id', toString(number)), ['x', 'y'], toDateTime64('2026-11-20 09:00:00', 9) + number FROM numbers(10)",
  )
  await post('CREATE DATABASE private')
  await post(
    "CREATE TABLE private.secrets ENGINE = MergeTree ORDER BY tuple() AS SELECT 'S3CRET-in-a-file' AS value",
  )
})

afterAll(async () => {
  await engine.stop()
  listener.close()
  rmSync(folder, { recursive: true, force: true })
})

async function post(
  sql: string,
  params: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const url = `${engine.url}/?${new URLSearchParams(params).toString()}`
  const response = await fetch(url, { method: 'POST', body: sql })
  return { status: response.status, text: await response.text() }
}

type Outcome = { how: 'refused' | 'failed' | 'ran'; text: string }

const VIEWER = { role: 'viewer', readonly: '1', max_execution_time: '5' }

async function asPerson(text: string, kind: UserSqlKind): Promise<Outcome> {
  const normalised = await post('SELECT formatQuerySingleLine({q:String}) FORMAT TSVRaw', {
    param_q: toNormalise(text, kind).replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t'),
  })
  if (normalised.status !== 200) return { how: 'failed', text: normalised.text }
  const check = checkUserSql(normalised.text.replace(/\n$/, ''), kind, text)
  if (!check.ok) return { how: 'refused', text: check.message }
  const sql = kind === 'statement' ? check.sql : `SELECT a FROM t WHERE (${check.sql}) LIMIT 3`
  const answer = await post(sql, VIEWER)
  return { how: answer.status === 200 ? 'ran' : 'failed', text: answer.text }
}

describe('what could write, read files, kill, tell secrets or reach the network does not run', () => {
  const hostile = (): string[] => {
    const f = secretFile
    const u = `http://127.0.0.1:${port}/x`
    return [
      `SELECT file('${f}')`,
      `SELECT \`file\`('${f}')`,
      `SELECT "fi\\x6ce"('${f}')`,
      `SELECT /* */ file /* */ ('${f}')`,
      `SELECT arrayMap(file, ['${f}'])`,
      `SELECT arrayMap((file), ['${f}'])`,
      `SELECT arrayMin(file, ['${f}'])`,
      `SELECT arrayMap(x -> file(x), ['${f}'])`,
      `SELECT * APPLY file FROM (SELECT '${f}' AS a)`,
      `SELECT * APPLY(file) FROM (SELECT '${f}' AS a)`,
      `SELECT * APPLY(x -> file(x)) FROM (SELECT '${f}' AS a)`,
      `SELECT a.* APPLY file FROM (SELECT '${f}' AS x) AS a`,
      `SELECT COLUMNS('x') APPLY file FROM (SELECT '${f}' AS x)`,
      `SELECT * REPLACE (file(a) AS a) FROM (SELECT '${f}' AS a)`,
      `WITH x -> file(x) AS g SELECT g('${f}')`,
      `WITH file AS g SELECT arrayMap(g, ['${f}'])`,
      `EXPLAIN SELECT file('${f}')`,
      `EXPLAIN AST SELECT file('${f}')`,
      `EXPLAIN SYNTAX SELECT file('${f}')`,
      `EXPLAIN QUERY TREE SELECT file('${f}')`,
      `SELECT * FROM (EXPLAIN SELECT file('${f}'))`,
      `SELECT * FROM file('${f}', 'LineAsString')`,
      `SELECT 1 WHERE '${SECRET}' IN file('${f}', 'LineAsString')`,
      `SELECT * FROM t, file('${f}', 'LineAsString') AS b`,
      `SELECT * FROM fileCluster('default', '${f}', 'LineAsString')`,
      `SELECT * FROM filesystem('${folder}')`,
      `DESCRIBE TABLE file('${f}')`,
      `DESCRIBE file('${f}', 'LineAsString')`,
      `DESCRIBE TABLE (SELECT file('${f}'))`,
      `DESCRIBE TABLE url('${u}', 'CSV')`,
      `DESC url('${u}')`,
      `SELECT * FROM url('${u}', 'LineAsString')`,
      `SELECT * FROM t JOIN url('${u}', 'LineAsString') AS b ON 1 = 1`,
      `SELECT * FROM urlCluster('default', '${u}', 'LineAsString')`,
      `SELECT * FROM s3('${u}', 'LineAsString')`,
      `SELECT * FROM s3Cluster('default', '${u}', 'LineAsString')`,
      `SELECT * FROM gcs('${u}', 'LineAsString')`,
      `SELECT * FROM azureBlobStorage('${u}', 'c', 'p')`,
      `SELECT * FROM hdfs('hdfs://127.0.0.1:${port}/x', 'LineAsString')`,
      `SELECT * FROM iceberg('${u}')`,
      `SELECT * FROM icebergLocal('${folder}')`,
      `SELECT * FROM deltaLake('${u}')`,
      `SELECT * FROM hudi('${u}')`,
      `SELECT * FROM paimon('${u}')`,
      `SELECT * FROM remote('127.0.0.1:${port}', 'private', 'secrets')`,
      `SELECT * FROM remoteSecure('127.0.0.1:${port}', 'private', 'secrets')`,
      `SELECT * FROM cluster('default', 'private', 'secrets')`,
      `SELECT * FROM clusterAllReplicas('default', 'private', 'secrets')`,
      `SELECT * FROM mysql('127.0.0.1:${port}', 'd', 't', 'u', 'p')`,
      `SELECT * FROM postgresql('127.0.0.1:${port}', 'd', 't', 'u', 'p')`,
      `SELECT * FROM mongodb('127.0.0.1:${port}', 'd', 't', 'u', 'p', 'a String')`,
      `SELECT * FROM redis('127.0.0.1:${port}', 'k', 'k String')`,
      `SELECT * FROM sqlite('${f}', 't')`,
      `SELECT * FROM odbc('DSN=x', 'd', 't')`,
      `SELECT * FROM jdbc('jdbc:x', 'd', 't')`,
      `SELECT * FROM ytsaurus('${u}', '//x', 't', 'a String')`,
      `SELECT * FROM executable('x.sh', 'TSV', 'a String')`,
      `SELECT * FROM dictionary('d')`,
      `SELECT dictGet('d', 'a', 1)`,
      `SELECT dictGetOrDefault('d', 'a', 1, 2)`,
      `SELECT joinGet('private.secrets', 'value', 1)`,
      `SELECT * FROM merge('private', '.*')`,
      `SELECT * FROM loop(private.secrets)`,
      `SELECT * FROM viewExplain('EXPLAIN', '', (SELECT 1))`,
      `SELECT * FROM input('a String')`,
      `SELECT * FROM eval('SELECT 1')`,
      `SELECT catboostEvaluate('${f}', 1)`,
      `SELECT aiGenerate('x', 'y')`,
      `SELECT getMacro('x')`,
      `SELECT sleep(1)`,
      `SELECT sleepEachRow(1) FROM t`,
      `SELECT addressToLine(1)`,
      `SELECT getServerSetting('max_server_memory_usage')`,
      `SELECT globalVariable('version')`,
      `SELECT @@version`,
      `SELECT showCertificate()`,
      `SELECT 1 INTO OUTFILE '${folder}/out'`,
      `EXPLAIN SELECT 1 INTO OUTFILE '${folder}/out'`,
      `SHOW TABLES INTO OUTFILE '${folder}/out'`,
      `SELECT 1; SELECT 2`,
      `SELECT 1; DROP TABLE t`,
      `SELECT 1 -- \n; DROP TABLE t`,
      `SELECT 1 /* ; */; DROP TABLE t`,
      `SELECT 1 PARALLEL WITH SELECT 2`,
      `SELECT 1 SETTINGS readonly = 0`,
      `SELECT * FROM (SELECT 1 SETTINGS max_memory_usage = 0)`,
      `SELECT 1 FORMAT JSON`,
      `INSERT INTO t (a) VALUES (1)`,
      `INSERT INTO FUNCTION file('${folder}/out', 'CSV') SELECT 1`,
      `WITH 1 AS x INSERT INTO t (a) SELECT x`,
      `EXPLAIN SYNTAX INSERT INTO t (a) SELECT 1`,
      `CREATE TABLE u (a UInt8) ENGINE = Memory`,
      `CREATE TEMPORARY TABLE u (a UInt8)`,
      `CREATE FUNCTION f AS x -> x`,
      `ATTACH TABLE t`,
      `DETACH TABLE t`,
      `DROP TABLE t`,
      `TRUNCATE TABLE t`,
      `ALTER TABLE t DELETE WHERE 1`,
      `DELETE FROM t WHERE 1`,
      `UPDATE t SET a = 1 WHERE 1`,
      `RENAME TABLE t TO u`,
      `OPTIMIZE TABLE t FINAL`,
      `CHECK TABLE t`,
      `EXCHANGE TABLES t AND u`,
      `BACKUP TABLE t TO File('${folder}/b')`,
      `RESTORE TABLE t FROM File('${folder}/b')`,
      `KILL QUERY WHERE 1`,
      `KILL MUTATION WHERE 1`,
      `SYSTEM STOP MERGES`,
      `SYSTEM SHUTDOWN`,
      `SET max_threads = 1`,
      `SET ROLE admin`,
      `USE private`,
      `GRANT SELECT ON *.* TO default`,
      `REVOKE SELECT ON *.* FROM default`,
      `CREATE USER u`,
      `EXECUTE AS default SELECT 1`,
      `BEGIN TRANSACTION`,
      `SHOW ACCESS`,
      `SHOW GRANTS`,
      `SHOW USERS`,
      `SHOW CREATE USER default`,
      `SHOW PROCESSLIST`,
      `SELECT * FROM system.users`,
      `SELECT * FROM "system"."users"`,
      `SELECT * FROM system.processes`,
      `SELECT * FROM system.server_settings`,
      `SELECT * FROM system.settings`,
      `SELECT * FROM system.named_collections`,
      `SELECT * FROM system.disks`,
      `SELECT * FROM system.errors`,
      `SELECT 1 WHERE 'x' IN system.users`,
      `SELECT * FROM private.secrets`,
      `SELECT (SELECT value FROM private.secrets)`,
      `EXPLAIN SELECT * FROM private.secrets`,
      `SHOW CREATE TABLE private.secrets`,
      `DESCRIBE TABLE private.secrets`,
      `SELECT {f:Identifier}('${f}')`,
      `SELECT * FROM {f:Identifier}`,
      `SELECT 'x`,
      `SELECT 1 /* `,
      '',
      ';',
    ]
  }

  test('as statements', async () => {
    const escaped: string[] = []
    for (const sql of hostile()) {
      const outcome = await asPerson(sql, 'statement')
      if (outcome.how === 'ran' || outcome.text.includes(SECRET))
        escaped.push(`${sql} → ${outcome.how}: ${outcome.text}`)
    }
    expect(escaped).toEqual([])
    expect(hits).toBe(0)
    expect(readdirSync(folder)).toEqual(['secret.txt'])
    expect((await post('SELECT count() FROM t')).text).toBe('10\n')
  })

  test('as expressions', async () => {
    const escaped: string[] = []
    const expressions = [
      '1) OR (1=1',
      '1) UNION ALL SELECT value FROM private.secrets WHERE (1=1',
      '1 UNION ALL SELECT 1',
      'a, a',
      '*',
      't.*',
      "COLUMNS('a')",
      '1 FROM private.secrets',
      '1 AS a',
      '(1 AS a) = 1',
      '1 LIMIT 1',
      '1 SETTINGS max_threads = 1',
      '1 FORMAT JSON',
      `1 INTO OUTFILE '${folder}/out'`,
      '1; DROP TABLE t',
      '1 -- \n) OR (1',
      '1 /*',
      'DISTINCT a',
      'TOP 1 a',
      'a ORDER BY a',
      '',
      `file('${secretFile}') != ''`,
      `arrayMap(file, ['${secretFile}']) != []`,
      `a IN (SELECT 1 FROM file('${secretFile}', 'LineAsString'))`,
      'a IN (SELECT length(value) FROM private.secrets)',
      'a IN private.secrets',
      'exists(SELECT 1 FROM private.secrets)',
      `a IN (SELECT 1 SETTINGS readonly = 0)`,
      'sleep(1) = 0',
    ]
    for (const sql of expressions) {
      const outcome = await asPerson(sql, 'expression')
      if (outcome.how === 'ran' || outcome.text.includes(SECRET))
        escaped.push(`${sql} → ${outcome.how}: ${outcome.text}`)
    }
    expect(escaped).toEqual([])
  })

  test('no function but array… and map… takes `file` by its name', async () => {
    const answer = await post(
      "SELECT name FROM system.functions WHERE NOT is_aggregate AND name NOT ILIKE 'sleep%' AND name NOT ILIKE 'ai%' FORMAT TSVRaw",
    )
    const f = `'${secretFile}'`
    const lists = [`file, [${f}]`, `file, ${f}`]
    const found: string[] = []
    const names = answer.text.split('\n').filter((name) => name !== '' && !/^(array|map)/i.test(name))
    const worker = async (): Promise<void> => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) {
        for (const list of lists) {
          const { text } = await post(`SELECT \`${name}\`(${list})`)
          if (text.includes(SECRET)) found.push(`${name}(${list})`)
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, worker))
    expect(found).toEqual([])
  })
})

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
    const outcome = await asPerson(sql, 'statement')
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
    expect(await asPerson(sql, 'expression')).toMatchObject({ how: 'ran' })
  })
})
