import type { InsertColumn, TableName } from '@/lib/otel/otlp/tables'

export interface TableColumn {
  readonly name: string
  readonly type: string
}

/**
 * The INSERT for rows in RowBinary. When the table has exactly our columns and types, the rows go straight in.
 * Another's table (an older exporter's, say) may lack columns or have other types: then ClickHouse reads our form
 * through input() and converts.
 */
export function insertStatement(
  database: string,
  table: TableName,
  ours: readonly InsertColumn[],
  theirs: readonly TableColumn[],
): string {
  const types = new Map(theirs.map(({ name, type }) => [name, plainType(type)]))
  const into = `INSERT INTO ${quote(database)}.${quote(table)}`
  if (ours.every(({ name, type }) => types.get(name) === plainType(type))) {
    return `${into} (${ours.map(({ name }) => quote(name)).join(', ')}) FORMAT RowBinary`
  }
  const common = ours
    .filter(({ name }) => types.has(name))
    .map(({ name }) => quote(name))
    .join(', ')
  const structure = ours.map(({ name, type }) => `${quote(name)} ${type}`).join(', ')
  return `${into} (${common}) SELECT ${common} FROM input('${structure.replace(/[\\']/g, '\\$&')}') FORMAT RowBinary`
}

/** RowBinary looks the same with and without LowCardinality. */
function plainType(type: string): string {
  return type.replace(/LowCardinality\((\w+)\)/g, '$1')
}

function quote(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``
}
