import { accessSync, constants, mkdirSync } from 'node:fs'
import path from 'node:path'
import Database from 'libsql'
import { ConfigError } from '@/server/config'

/**
 * Claims a data folder for this process until it ends, however it ends: the operating system drops the lock
 * on the SQLite file with the process, so there is no stale lock to clean up after kill -9.
 * @throws ConfigError when the folder cannot be made or written, or another instance holds it.
 */
export function claimDataFolder(dataDir: string): { release(): void } {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new ConfigError(
      `the data folder ${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}): set SPANLIGHT_DATA_DIR to a folder of yours`,
    )
  }
  const lock = new Database(path.join(dataDir, 'instance.lock'), { timeout: 200 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!/lock/i.test(String(error))) throw error
    throw new ConfigError(
      `the data folder ${dataDir} is in use by another Spanlight: stop that one, or set SPANLIGHT_DATA_DIR to another folder`,
    )
  }
  return { release: () => lock.close() }
}
