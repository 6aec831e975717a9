import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The engine that holds this database, by the status file that ClickHouse writes; null when none runs.
 * Only for a better message: ClickHouse's own lock decides, and refuses with several lines.
 */
export function findHolder(database: string): number | null {
  try {
    const pid = Number(/^PID: (\d+)/m.exec(readFileSync(path.join(database, 'status'), 'utf8'))?.[1])
    if (!Number.isInteger(pid) || pid === process.pid) return null
    const command = execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
    return command.includes('engine/main') ? pid : null
  } catch {
    return null
  }
}
