import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readsInTail } from './formats'
import { openResult, watchSize } from './result-file'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'spanlight-result-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a result that grows too large is killed, and the reason is kept', async () => {
  const file = path.join(folder, 'large')
  await writeFile(file, 'x'.repeat(2000))
  const cancel = vi.fn()
  const unwatch = watchSize(file, { cancel }, 1000)
  await vi.waitFor(() => expect(cancel).toHaveBeenCalled(), { timeout: 5000 })
  expect(unwatch()).toMatchObject({ code: 396, type: 'TOO_MANY_ROWS_OR_BYTES' })
})

test('a small file is read at once, of a large one only the tail; a missing one is empty', async () => {
  const small = path.join(folder, 'small')
  await writeFile(small, 'all of it')
  expect(await openResult(small)).toMatchObject({
    size: 9,
    content: Buffer.from('all of it'),
    tail: 'all of it',
  })
  const large = path.join(folder, 'two-megabytes')
  await writeFile(large, `${'x'.repeat(2 * 1024 ** 2)}the end`)
  const result = await openResult(large)
  expect([result.content, result.tail.length, result.tail.endsWith('the end')]).toEqual([null, 1024, true])
  expect(await openResult(path.join(folder, 'none'))).toMatchObject({ size: 0, content: Buffer.alloc(0) })
})

test('what was read is believed only at the very end of a document', () => {
  const end =
    '"statistics":\n\t{\n\t\t"elapsed": 1.2e-05,\n\t\t"rows_read": 7,\n\t\t"bytes_read": 8\n\t}\n}\n'
  expect(readsInTail('JSON', `],\n${end}`)).toEqual({ rows: 7, bytes: 8 })
  expect(readsInTail('JSON', `${end}\n"rows": 1\n}\n`)).toBeNull()
  expect(readsInTail('JSONObjectEachRow', end)).toBeNull()
  expect(
    readsInTail('XML', '<rows_read>7</rows_read>\n<bytes_read>8</bytes_read>\n</statistics>\n</result>\n'),
  ).toEqual({ rows: 7, bytes: 8 })
})
