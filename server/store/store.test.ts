import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STORE_MIGRATIONS } from './migrations'
import { assignServiceColors } from './service-colors'
import { openStore } from './store'

let folder = ''
const url = () => `file:${path.join(folder, 'sub', 'spanlight.db')}`

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'spanlight-store-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('openStore', () => {
  it('creates the file and its folder, and opens it again with what it held', async () => {
    const first = await openStore(url())
    expect(await assignServiceColors(first, ['web', 'cart'], 1)).toEqual({ web: 0, cart: 1 })
    first.close()
    const second = await openStore(url())
    expect(await assignServiceColors(second, ['cart', 'payment'], 2)).toEqual({ cart: 1, payment: 2 })
    second.close()
  })

  it('brings an older store up to date', async () => {
    const old = await openStore(url())
    await assignServiceColors(old, ['web'], 1)
    old.close()
    const added = { version: 2, name: 'later', statements: ['CREATE TABLE later (a TEXT)'] }
    const newer = await openStore(url(), [...STORE_MIGRATIONS, added])
    expect((await newer.db.execute('SELECT count(*) AS n FROM later')).rows[0]?.n).toBe(0)
    expect(await assignServiceColors(newer, ['web'], 1)).toEqual({ web: 0 })
    newer.close()
  })

  it('lets two processes start at once', async () => {
    const stores = await Promise.all([openStore(url()), openStore(url())])
    for (const store of stores) store.close()
  })

  it('refuses a newer store and leaves it untouched', async () => {
    const added = { version: 99, name: 'future', statements: ['CREATE TABLE future (a TEXT)'] }
    const newer = await openStore(url(), [...STORE_MIGRATIONS, added])
    await newer.db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    newer.close()
    const file = path.join(folder, 'sub', 'spanlight.db')
    const before = await readFile(file)
    await expect(openStore(url())).rejects.toThrow(/version 99.*knows only 1.*SPANLIGHT_DATABASE_URL/s)
    expect((await readFile(file)).equals(before)).toBe(true)
  })

  it('refuses a file that is not SQLite, or is damaged, and leaves it untouched', async () => {
    const file = path.join(folder, 'not.db')
    await writeFile(file, 'these are notes, not a database')
    await expect(openStore(`file:${file}`)).rejects.toThrow(/not an SQLite file.*Nothing was changed/s)
    expect(await readFile(file, 'utf8')).toBe('these are notes, not a database')

    const damaged = path.join(folder, 'damaged.db')
    await writeFile(damaged, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192, 7)]))
    await expect(openStore(`file:${damaged}`)).rejects.toThrow(/app store/)
    expect((await readFile(damaged)).length).toBe(8208)
  })
})

describe('assignServiceColors', () => {
  it('gives each service one slot in the order first seen, and hostile names too', async () => {
    const store = await openStore(url())
    const names = Array.from({ length: 20 }, (_, i) => `svc-${i}`)
    const colors = await assignServiceColors(store, names, 1)
    expect(names.map((name) => colors[name])).toEqual(names.map((_, i) => i % 16))
    const hostile = ["'; DROP TABLE service_colors; --", '<script>', '\u0000', '']
    expect(Object.keys(await assignServiceColors(store, hostile, 1))).toHaveLength(4)
    expect(await assignServiceColors(store, ['svc-3'], 1)).toEqual({ 'svc-3': 3 })
    store.close()
  })
})
