import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Engine } from './engine'

interface DetachedPart {
  readonly name: string
  readonly reason: string
}

/**
 * A part with a missing or cut file is moved aside at the start and its rows are gone without a word.
 * Returns a warning for each part that was not there last time, and remembers them all.
 */
export function reportDetachedParts(engine: Engine, folder: string): string[] {
  const file = path.join(folder, 'detached-parts.json')
  const parts = engine.ask<DetachedPart>(
    `SELECT concat(database, '.', table, ' ', name) AS name, ifNull(reason, '') AS reason
     FROM system.detached_parts WHERE reason != ''`,
  )
  const known = readKnown(file)
  const names = parts.map((part) => part.name)
  if (names.length > 0 || known.size > 0) writeFileSync(file, `${JSON.stringify(names)}\n`)
  return parts
    .filter((part) => !known.has(part.name))
    .map(
      (part) =>
        `A damaged part was set aside and its rows are missing: ${part.name} (${part.reason}). Its files are in the folder "detached" of the table.`,
    )
}

function readKnown(file: string): ReadonlySet<string> {
  if (!existsSync(file)) return new Set()
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return new Set(Array.isArray(value) ? value.map(String) : [])
  } catch {
    return new Set()
  }
}
