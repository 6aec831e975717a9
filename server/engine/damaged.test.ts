import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findDamagedDefinition } from './damaged'

const GOOD =
  "ATTACH TABLE _ UUID '58418c44'\n(\n    `a)` UInt64 COMMENT ')'\n)\nENGINE = MergeTree\nORDER BY tuple()\n"

let database: string

beforeEach(() => {
  database = mkdtempSync(path.join(os.tmpdir(), 'spanlight-damaged-'))
  mkdirSync(path.join(database, 'metadata'))
  mkdirSync(path.join(database, 'store', '8ac', '8acbc071'), { recursive: true })
  writeFileSync(path.join(database, 'metadata', 'otel.sql'), "ATTACH DATABASE _ UUID '1'\nENGINE = Atomic\n")
})
afterEach(() => rmSync(database, { recursive: true, force: true }))

function damageOf(content: string): string | undefined {
  const file = path.join(database, 'store', '8ac', '8acbc071', 't.sql')
  writeFileSync(file, content)
  const found = findDamagedDefinition(database)
  if (found !== null) expect(found.file).toBe(file)
  return found?.damage
}

test.each([
  ['', 'it is empty'],
  ['\n', 'it is empty'],
  ['\0'.repeat(50), 'it holds zero bytes'],
  [`${GOOD.slice(0, 40)}\0\0`, 'it holds zero bytes'],
  ['<html></html>', 'it does not begin with ATTACH'],
  [GOOD.slice(0, GOOD.indexOf('UInt64')), 'it is cut off'],
  [GOOD.slice(0, GOOD.indexOf('8c44')), 'it is cut off'],
])('%j: %s', (content, damage) => {
  expect(damageOf(content)).toBe(damage)
})

test('a definition that is well is left alone, and so is a folder that is not there', () => {
  expect(damageOf(GOOD)).toBeUndefined()
  expect(findDamagedDefinition(path.join(database, 'none'))).toBeNull()
})
