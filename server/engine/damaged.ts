import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { tokenize } from '@/server/query/user-sql/lexer'

/**
 * The library opens nothing at all when the definition of one table is damaged (a full disk or a power cut
 * leaves it empty, cut off or zeroed), and says so in many words. Returns the first such file and what is
 * wrong with it, or null. Only what no definition can look like counts.
 */
export function findDamagedDefinition(database: string): { file: string; damage: string } | null {
  const store = path.join(database, 'store')
  const folders = list(store).flatMap((prefix) =>
    list(path.join(store, prefix)).map((id) => path.join(store, prefix, id)),
  )
  for (const folder of [path.join(database, 'metadata'), ...folders]) {
    for (const name of list(folder)) {
      if (!name.endsWith('.sql')) continue
      const file = path.join(folder, name)
      const damage = damageOf(file)
      if (damage !== null) return { file, damage }
    }
  }
  return null
}

function damageOf(file: string): string | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  if (text.trim() === '') return 'it is empty'
  if (text.includes('\0')) return 'it holds zero bytes'
  const tokens = tokenize(text)
  const first = tokens[0]?.value
  if (first !== 'ATTACH' && first !== 'CREATE') return 'it does not begin with ATTACH'
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'error') return 'it is cut off'
    if (token.text === '(') depth++
    else if (token.text === ')') depth--
  }
  return depth === 0 ? null : 'it is cut off'
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
