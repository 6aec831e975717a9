import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from '@/server/engine/testing'
import { hostileExpressions, hostileStatements } from './hostile-testing'
import { asPerson, createTestTable, post } from './person-testing'

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
  await createTestTable(engine)
  await post(engine, 'CREATE DATABASE private')
  await post(
    engine,
    "CREATE TABLE private.secrets ENGINE = MergeTree ORDER BY tuple() AS SELECT 'S3CRET-in-a-file' AS value",
  )
})

afterAll(async () => {
  await engine.stop()
  listener.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('what could write, read files, kill, tell secrets or reach the network does not run', () => {
  test('as statements', async () => {
    const escaped: string[] = []
    for (const sql of hostileStatements({ file: secretFile, folder, port })) {
      const outcome = await asPerson(engine, sql, 'statement')
      if (outcome.how === 'ran' || outcome.text.includes(SECRET))
        escaped.push(`${sql} → ${outcome.how}: ${outcome.text}`)
    }
    expect(escaped).toEqual([])
    expect(hits).toBe(0)
    expect(readdirSync(folder)).toEqual(['secret.txt'])
    expect((await post(engine, 'SELECT count() FROM t')).text).toBe('10\n')
  })

  test('as expressions', async () => {
    const escaped: string[] = []
    for (const sql of hostileExpressions({ file: secretFile, folder, port })) {
      const outcome = await asPerson(engine, sql, 'expression')
      if (outcome.how === 'ran' || outcome.text.includes(SECRET))
        escaped.push(`${sql} → ${outcome.how}: ${outcome.text}`)
    }
    expect(escaped).toEqual([])
  })

  test('no function but array… and map… takes `file` by its name', async () => {
    const answer = await post(
      engine,
      "SELECT name FROM system.functions WHERE NOT is_aggregate AND name NOT ILIKE 'sleep%' AND name NOT ILIKE 'ai%' FORMAT TSVRaw",
    )
    const f = `'${secretFile}'`
    const lists = [`file, [${f}]`, `file, ${f}`]
    const found: string[] = []
    const names = answer.text.split('\n').filter((name) => name !== '' && !/^(array|map)/i.test(name))
    const worker = async (): Promise<void> => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) {
        for (const list of lists) {
          const { text } = await post(engine, `SELECT \`${name}\`(${list})`)
          if (text.includes(SECRET)) found.push(`${name}(${list})`)
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, worker))
    expect(found).toEqual([])
  })
})
