import type { QueryOptions } from './http/request'
import { quoteName, quoteString } from './sql-text'

/**
 * The statements that make a fresh session fit for one request: its settings and parameters, then the
 * database, the roles and last `readonly`, after which nothing of it can be changed any more.
 */
export function prepareSession(options: QueryOptions, tag: string, readonly: boolean): string {
  const sets = [`workload = ${quoteString(tag)}`]
  for (const [name, value] of options.settings) {
    if (name !== 'readonly') sets.push(`${name} = ${quoteString(value)}`)
  }
  for (const [name, value] of options.params)
    sets.push(`${quoteName(`param_${name}`)} = ${quoteString(value)}`)
  const statements = [`SET ${sets.join(', ')}`]
  if (options.database !== null) statements.push(`USE ${quoteName(options.database)}`)
  if (options.roles.length > 0) statements.push(`SET ROLE ${options.roles.map(quoteName).join(', ')}`)
  const level = options.settings.get('readonly') ?? (readonly ? '2' : '0')
  if (level !== '0') statements.push(`SET readonly = ${quoteString(level)}`)
  return statements.join(';\n')
}
