import type { QueryOptions } from './http/request'
import { quoteName, quoteString } from './sql-text'

/** Where a fresh session is. */
const FIRST_DATABASE = 'default'

/**
 * The statements that make a fresh session fit for one request: its settings and parameters, `readonly`
 * last, after which nothing of it can be changed any more; then the database and the roles.
 */
export function prepareSession(options: QueryOptions, tag: string, readonly: boolean): string {
  const sets = [`workload = ${quoteString(tag)}`]
  for (const [name, value] of options.settings) {
    if (name !== 'readonly') sets.push(`${name} = ${quoteString(value)}`)
  }
  for (const [name, value] of options.params)
    sets.push(`${quoteName(`param_${name}`)} = ${quoteString(value)}`)
  const level = options.settings.get('readonly') ?? (readonly ? '2' : '0')
  if (level !== '0') sets.push(`readonly = ${quoteString(level)}`)
  const statements = [`SET ${sets.join(', ')}`]
  if (options.database !== null && options.database !== FIRST_DATABASE)
    statements.push(`USE ${quoteName(options.database)}`)
  if (options.roles.length > 0) statements.push(`SET ROLE ${options.roles.map(quoteName).join(', ')}`)
  return statements.join(';\n')
}
