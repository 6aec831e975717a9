/**
 * SQL as a value. Text comes only from template literals in this repository and from quoted identifiers;
 * everything else is a ClickHouse parameter (`{p0:String}`), so a value can never become SQL text.
 */

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'param'; readonly value: ParamValue; readonly type: string }

/** What `@clickhouse/client` can send as `query_params`. 64-bit integers as bigint or decimal string. */
export type ParamValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly ParamValue[]
  | ReadonlyMap<string, string>

export class Sql {
  constructor(readonly parts: readonly Part[]) {}
}

/** Parameter names are p0, p1 … in order of appearance, so equal queries have equal text. */
export interface CompiledSql {
  readonly sql: string
  readonly params: Readonly<Record<string, ParamValue>>
}

/** `` sql`${id(column)} = ${param(value, 'String')}` ``. A bare string inside the template is a type error. */
export function sql(strings: TemplateStringsArray, ...values: readonly Sql[]): Sql {
  const parts: Part[] = []
  strings.forEach((text, i) => {
    if (text !== '') parts.push({ kind: 'text', text })
    const value = values[i]
    if (value) parts.push(...value.parts)
  })
  return new Sql(parts)
}

/** A quoted identifier; `id('db', 'table')` gives `` `db`.`table` ``. */
export function id(...names: readonly string[]): Sql {
  const text = names.map((name) => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``).join('.')
  return new Sql([{ kind: 'text', text }])
}

/** A bound value of a ClickHouse type, for instance `param('payment', 'String')`. */
export function param(value: ParamValue, type: string): Sql {
  return new Sql([{ kind: 'param', value, type }])
}

export function join(items: readonly Sql[], separator: Sql): Sql {
  return new Sql(items.flatMap((item, i) => (i === 0 ? item.parts : [...separator.parts, ...item.parts])))
}

/** Conjunction; no items is `1`. */
export function and(items: readonly Sql[]): Sql {
  if (items.length === 0) return sql`1`
  return join(
    items.map((item) => sql`(${item})`),
    sql` AND `,
  )
}

/** Disjunction; no items is `0`. */
export function or(items: readonly Sql[]): Sql {
  if (items.length === 0) return sql`0`
  return join(
    items.map((item) => sql`(${item})`),
    sql` OR `,
  )
}

/**
 * SQL text from a trusted source only: the schema (`DESCRIBE`, key expressions) or text that the user-SQL
 * guard has checked. Never from a request.
 */
export function trusted(text: string): Sql {
  return new Sql([{ kind: 'text', text }])
}

export function compile(fragment: Sql): CompiledSql {
  const params: Record<string, ParamValue> = {}
  let count = 0
  const text = fragment.parts
    .map((part) => {
      if (part.kind === 'text') return part.text
      const name = `p${count++}`
      params[name] = part.value
      return `{${name}:${part.type}}`
    })
    .join('')
  return { sql: text, params }
}
