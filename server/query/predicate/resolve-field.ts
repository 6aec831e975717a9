import type { ColumnInfo, ColumnRole, TableCapability } from '@/lib/otel/capability'
import { id, param, type Sql, sql } from '@/lib/sql/fragment'
import { type ColumnType, parseColumnType } from './column-type'
import { severityExpression } from './severity'

/** One place where the value of a field can be. */
export interface Slot {
  readonly expr: Sql
  readonly type: ColumnType
  /** The column it lives in. */
  readonly column: string
  /** Key in a map or JSON column. */
  readonly key?: string
  /** When the value is there; null: always. */
  readonly present: Sql | null
}

export interface ResolvedField {
  /** Canonical name: the column, `Column.key`, or the key as given. */
  readonly field: string
  readonly role?: ColumnRole | 'level'
  /** The first one that is present has the value. */
  readonly slots: readonly [Slot, ...Slot[]]
}

const ALIASES: Readonly<Record<string, readonly ColumnRole[]>> = {
  service: ['service'],
  span: ['name'],
  level: ['severityText', 'severityNumber'],
  severity: ['severityText', 'severityNumber'],
  status: ['status'],
  kind: ['kind'],
  duration: ['duration'],
  trace_id: ['traceId'],
  span_id: ['spanId'],
  body: ['body'],
  scope: ['scopeName'],
}

const MAP_ALIASES: Readonly<Record<string, ColumnRole>> = {
  resource: 'resource',
  attributes: 'attributes',
  scope: 'scopeAttributes',
}

/** Attribute keys that people write shorter. */
const KEY_ALIASES: Readonly<Record<string, string>> = { host: 'host.name' }

/**
 * What a name in a search means, in the order of docs/SEARCH.md: a column, an alias by role, a key of a named
 * column, `resource.`/`attributes.`/`scope.`/`events.`, else an attribute key.
 * @returns null when the table has nothing of that kind.
 */
export function resolveField(name: string, table: TableCapability): ResolvedField | null {
  const columns = allColumns(table)
  return (
    columnField(findColumn(columns, name), table) ??
    aliasField(name, table, columns) ??
    keyField(name, table, columns) ??
    prefixedField(name, table, columns) ??
    attributeField(name, table, columns)
  )
}

interface Column extends ColumnInfo {
  readonly expr: Sql
}

/** The table's columns, and the elements of Nested and named Tuple columns as `Events.Name`. */
function allColumns(table: TableCapability): readonly Column[] {
  const known = columnCache.get(table)
  if (known) return known
  const columns = table.columns.flatMap((column): Column[] => {
    const own = { name: column.name, type: column.type, expr: id(column.name) }
    const type = parseColumnType(column.type)
    const inner = type.family === 'array' ? type.element! : type
    const isList = type.family === 'nested' || type.family === 'array'
    const fields = (inner.fields ?? []).map((field) => ({
      name: `${column.name}.${field.name}`,
      type: isList ? `Array(${field.type})` : field.type,
      expr: id(column.name, field.name),
    }))
    return [own, ...fields]
  })
  columnCache.set(table, columns)
  return columns
}

const columnCache = new WeakMap<TableCapability, readonly Column[]>()

function findColumn(columns: readonly Column[], name: string): Column | undefined {
  const lower = name.toLowerCase()
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === lower)
  )
}

function columnField(column: Column | undefined, table: TableCapability): ResolvedField | null {
  if (!column) return null
  const role = (Object.keys(table.roles) as ColumnRole[]).find((key) => table.roles[key] === column.name)
  const slot: Slot = {
    expr: column.expr,
    type: parseColumnType(column.type),
    column: column.name,
    present: null,
  }
  return { field: column.name, slots: [slot], ...(role ? { role } : {}) }
}

function aliasField(name: string, table: TableCapability, columns: readonly Column[]): ResolvedField | null {
  const alias = name.toLowerCase()
  const roles = Object.hasOwn(ALIASES, alias) ? ALIASES[alias]! : []
  const role = roles.find((candidate) => table.roles[candidate] !== undefined)
  if (!role) return null
  if (alias === 'level' || alias === 'severity') {
    const expr = severityExpression(table)
    const column = table.roles[role]!
    return {
      field: alias,
      role: 'level',
      slots: [{ expr, type: parseColumnType('String'), column, present: null }],
    }
  }
  return columnField(findColumn(columns, table.roles[role]!), table)
}

/** `Column.key` and `Column['key']`; the longest column name wins. */
function keyField(name: string, table: TableCapability, columns: readonly Column[]): ResolvedField | null {
  const bracket = /^([^[\]]+)\['([\s\S]*)'\]$/.exec(name)
  if (bracket) {
    const key = bracket[2]!.replace(/\\(['\\])|'(')/g, '$1$2')
    return keyedField(findColumn(columns.filter(isKeyed), bracket[1]!), key, table)
  }
  const lower = name.toLowerCase()
  const matches = columns
    .filter((column) => isKeyed(column) && lower.startsWith(`${column.name.toLowerCase()}.`))
    .filter((column) => name.length > column.name.length + 1)
    .sort(
      (a, b) =>
        b.name.length - a.name.length || Number(name.startsWith(b.name)) - Number(name.startsWith(a.name)),
    )
  const column = matches[0]
  return column ? keyedField(column, name.slice(column.name.length + 1), table) : null
}

function isKeyed(column: Column): boolean {
  const type = parseColumnType(column.type)
  const family = type.family === 'array' ? type.element!.family : type.family
  return family === 'map' || family === 'json'
}

function prefixedField(
  name: string,
  table: TableCapability,
  columns: readonly Column[],
): ResolvedField | null {
  const dot = name.indexOf('.')
  const prefix = name.slice(0, Math.max(0, dot)).toLowerCase()
  const key = name.slice(dot + 1)
  if (dot < 1 || key === '') return null
  const column =
    prefix === 'events'
      ? 'Events.Attributes'
      : Object.hasOwn(MAP_ALIASES, prefix)
        ? table.roles[MAP_ALIASES[prefix]!]
        : undefined
  return column === undefined ? null : keyedField(findColumn(columns, column), key, table)
}

function keyedField(column: Column | undefined, key: string, _table: TableCapability): ResolvedField | null {
  if (!column || key === '' || !isKeyed(column)) return null
  return { field: `${column.name}.${key}`, slots: [keySlot(column, key)] }
}

function keySlot(column: Column, key: string): Slot {
  const type = parseColumnType(column.type)
  const name = param(key, 'String')
  const place = { column: column.name, key }
  if (type.family === 'array') {
    const inner = type.element!
    if (inner.family === 'map') {
      const expr = sql`arrayMap(m -> m[${name}], ${column.expr})`
      return { ...place, expr, type: parseColumnType(`Array(${inner.element!.text})`), present: null }
    }
    const expr = sql`arrayMap(j -> ifNull(toString(j), ''), getSubcolumn(${column.expr}, ${name}))`
    return { ...place, expr, type: parseColumnType('Array(String)'), present: null }
  }
  if (type.family === 'map') {
    const expr = sql`${column.expr}[${name}]`
    return { ...place, expr, type: type.element!, present: sql`mapContains(${column.expr}, ${name})` }
  }
  const value = sql`getSubcolumn(${column.expr}, ${name})`
  return {
    ...place,
    expr: sql`ifNull(toString(${value}), '')`,
    type: parseColumnType('String'),
    present: sql`isNotNull(${value})`,
  }
}

/** A bare key: the record's attribute if its map has the key, else the resource's. */
function attributeField(
  name: string,
  table: TableCapability,
  columns: readonly Column[],
): ResolvedField | null {
  const key = Object.hasOwn(KEY_ALIASES, name) ? KEY_ALIASES[name]! : name
  const slots = [table.roles.attributes, table.roles.resource]
    .map((column) => (column === undefined ? undefined : findColumn(columns, column)))
    .filter((column) => column !== undefined && isKeyed(column))
    .map((column) => keySlot(column!, key))
  const [first, ...rest] = slots
  return first ? { field: key, slots: [first, ...rest] } : null
}
