import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient, LibsqlError } from '@libsql/client'
import { STORE_MIGRATIONS, type StoreMigration } from './migrations'

/** The app store: what people made in the UI (SQLite file, or a libsql server by URL). */
export interface Store {
  readonly db: Client
  close(): void
}

/** The store cannot be used; the message says why and what to do. The file is left as it was. */
export class StoreError extends Error {
  override name = 'StoreError'
}

/**
 * Opens the store and brings its schema up to date. A damaged file, or one written by a newer version, is
 * refused before anything is written to it.
 * @throws StoreError
 */
export async function openStore(
  url: string,
  migrations: readonly StoreMigration[] = STORE_MIGRATIONS,
): Promise<Store> {
  const file = url.startsWith('file:') ? filePath(url) : null
  if (file !== null) {
    await mkdir(path.dirname(file), { recursive: true })
    await refuseForeignFile(file)
  }
  const db = createClient({ url, intMode: 'number' })
  try {
    const version = await readVersion(db)
    const newest = migrations.at(-1)?.version ?? 0
    if (version > newest) {
      throw new StoreError(
        `The app store ${shown(url)} is of version ${version}, and this Spanlight knows only ${newest}: start the newer Spanlight that wrote it, or set SPANLIGHT_DATABASE_URL to another file. Nothing was changed.`,
      )
    }
    if (file !== null) {
      await checkIntegrity(db, url)
      await db.execute('PRAGMA journal_mode = WAL')
      await db.execute('PRAGMA busy_timeout = 5000')
    }
    for (const migration of migrations) if (migration.version > version) await apply(db, migration)
    return { db, close: () => db.close() }
  } catch (error) {
    db.close()
    if (error instanceof StoreError) throw error
    throw failure(error, url)
  }
}

async function readVersion(db: Client): Promise<number> {
  const table = await db.execute(
    "SELECT count(*) AS n FROM sqlite_master WHERE name = 'spanlight_migrations'",
  )
  if (Number(table.rows[0]?.n ?? 0) === 0) return 0
  const version = await db.execute('SELECT max(version) AS version FROM spanlight_migrations')
  return Number(version.rows[0]?.version ?? 0)
}

/** Two processes may start at once: the loser finds the version taken and its whole batch undone. */
async function apply(db: Client, migration: StoreMigration): Promise<void> {
  const record = {
    sql: 'INSERT INTO spanlight_migrations (version, name, applied_at) VALUES (?, ?, ?)',
    args: [migration.version, migration.name, Date.now()],
  }
  const create =
    'CREATE TABLE IF NOT EXISTS spanlight_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)'
  try {
    await db.batch([create, record, ...migration.statements], 'write')
  } catch (error) {
    if ((await readVersion(db)) < migration.version) throw error
  }
}

async function checkIntegrity(db: Client, url: string): Promise<void> {
  const result = await db.execute('PRAGMA quick_check(1)')
  const verdict = String(result.rows[0]?.quick_check ?? result.rows[0]?.[0] ?? '')
  if (verdict !== 'ok') throw damaged(url, verdict)
}

/** SQLite would take a file of another kind for an empty database only if it is empty. */
async function refuseForeignFile(file: string): Promise<void> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new StoreError(`The app store ${file} cannot be read: ${error.message}`)
  })
  if (!handle) return
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(16), 0, 16, 0)
    if (bytesRead > 0 && buffer.toString('latin1', 0, bytesRead) !== 'SQLite format 3\0') {
      throw damaged(`file:${file}`, 'it is not an SQLite file')
    }
  } finally {
    await handle.close()
  }
}

function failure(error: unknown, url: string): Error {
  if (error instanceof LibsqlError && /CORRUPT|NOTADB/.test(error.code)) return damaged(url, error.code)
  const reason = error instanceof Error ? error.message : String(error)
  return new StoreError(`The app store ${shown(url)} cannot be opened: ${reason}`)
}

function damaged(url: string, reason: string): StoreError {
  return new StoreError(
    `The app store ${shown(url)} is damaged (${reason}): restore it from a copy, or move it away to start with an empty one. Nothing was changed.`,
  )
}

function filePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
}

/** A remote URL may carry a token in its query. */
function shown(url: string): string {
  return url.startsWith('file:') ? filePath(url) : url.replace(/\?.*$/, '')
}
