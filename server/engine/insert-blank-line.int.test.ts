import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngine, type TestEngine } from './testing'

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine()
})
afterAll(() => engine.stop())

const ask = async (query: string, body?: Uint8Array<ArrayBuffer>): Promise<string> =>
  (
    await fetch(`${engine.url}/?query=${encodeURIComponent(query)}`, { method: 'POST', body: body ?? '' })
  ).text()

// chDB takes a blank line for the end of inline data.
test('binary data with two line breaks in a row arrives whole', async () => {
  expect(await ask('CREATE TABLE t (text String, last UInt8) ENGINE = Memory')).toBe('')
  const texts = ['a\nb', 'a\n\nb', '\n\n\n', 'a\r\n\r\nb', 'a;\n\n;b']
  for (const text of texts) {
    const bytes = new Uint8Array([text.length, ...new TextEncoder().encode(text), 7])
    expect(await ask('INSERT INTO t FORMAT RowBinary', bytes)).toBe('')
  }
  const stored = await ask('SELECT text, last FROM t FORMAT JSONCompactEachRow')
  expect(
    stored
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row)),
  ).toEqual(texts.map((text) => [text, 7]))
})
