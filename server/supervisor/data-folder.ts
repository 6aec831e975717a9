import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
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
    makeFolder(path.resolve(dataDir))
    // The slash: a file of that name is no folder.
    accessSync(`${dataDir}/`, constants.W_OK | constants.X_OK)
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

/**
 * Makes a folder and what is missing above it. Not `mkdirSync` with `recursive`: that never returns where the parent
 * exists and yet the system says that it does not, as below /proc.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(path.dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}
