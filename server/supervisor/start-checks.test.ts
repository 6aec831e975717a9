import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { claimDataFolder } from './data-folder'
import { isFree, nextFree, requireFree } from './ports'

const temp = mkdtempSync(path.join(os.tmpdir(), 'spanlight-supervisor-'))
afterAll(() => rmSync(temp, { recursive: true, force: true }))

describe('claimDataFolder', () => {
  it('gives a folder to one instance at a time', () => {
    const folder = path.join(temp, 'one')
    const first = claimDataFolder(folder)
    expect(() => claimDataFolder(folder)).toThrow(/in use by another Spanlight/)
    first.release()
    claimDataFolder(folder).release()
  })

  it('names a folder that it cannot make', () => {
    const file = path.join(temp, 'file')
    writeFileSync(file, '')
    expect(() => claimDataFolder(path.join(file, 'data'))).toThrow(/cannot be written \(ENOTDIR\)/)
    expect(() => claimDataFolder(file)).toThrow(/cannot be written \(ENOTDIR\)/)
  })

  it.runIf(process.platform === 'linux')(
    'names a folder below /proc, where making folders never ends',
    () => {
      expect(() => claimDataFolder('/proc/spanlight/data')).toThrow(/cannot be written \(ENOENT\)/)
    },
  )

  it.skipIf(process.getuid?.() === 0)('names a folder that it cannot write', () => {
    const folder = path.join(temp, 'readonly')
    claimDataFolder(folder).release()
    chmodSync(folder, 0o500)
    expect(() => claimDataFolder(folder)).toThrow(/cannot be written/)
  })
})

describe('ports', () => {
  it('says that an address is not this machine’s, not that its port is taken', async () => {
    await expect(requireFree(8399, '192.0.2.77', 'the web UI', 'PORT')).rejects.toThrow(
      /no address 192\.0\.2\.77/,
    )
  })

  it('finds a taken port, names the variable, and steps to the next free one', async () => {
    const server = net.createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as net.AddressInfo
    try {
      expect(await isFree(port, '127.0.0.1')).toBe(false)
      await expect(requireFree(port, '127.0.0.1', 'the web UI', 'PORT')).rejects.toThrow(/is taken.*set PORT/)
      expect(await nextFree(port, '127.0.0.1', 'the web UI', 'PORT')).toBeGreaterThan(port)
    } finally {
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
