import { formatDuration } from '@/lib/format/duration'
import { textOf } from '../row-values'

/** One whole record, column by column, as the API gives it. */
export type WholeRecord = Readonly<Record<string, unknown>>

export function column(record: WholeRecord, name: string): string {
  return Object.hasOwn(record, name) ? textOf(record[name]) : ''
}

export interface AttributeGroup {
  readonly title: string
  readonly entries: readonly { readonly key: string; readonly value: string; readonly field: string }[]
}

const TITLES: Readonly<Record<string, string>> = {
  SpanAttributes: 'Attributes',
  LogAttributes: 'Attributes',
  ResourceAttributes: 'Resource',
  ScopeAttributes: 'Scope',
}

/** Attributes by where they belong, sorted by key, each with the field of the search language that finds it. */
export function attributeGroups(record: WholeRecord): AttributeGroup[] {
  return Object.entries(TITLES).flatMap(([name, title]) => {
    const value = Object.hasOwn(record, name) ? record[name] : undefined
    if (!isObject(value)) return []
    const entries = Object.entries(value)
      .map(([key, item]) => ({ key, value: textOf(item), field: attributeField(name, key) }))
      .sort((a, b) => a.key.localeCompare(b.key))
    return entries.length > 0 ? [{ title, entries }] : []
  })
}

/** `SpanAttributes.http.route`, as facets write it too; with quotes when the key is not a plain name. */
export function attributeField(columnName: string, key: string): string {
  return /^[\p{L}_@][\w.@/-]*$/u.test(key)
    ? `${columnName}.${key}`
    : `${columnName}['${key.replace(/[\\']/g, '\\$&')}']`
}

export interface RecordEvent {
  readonly time: string
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Events of a span: nested columns are arrays side by side. */
export function eventsOf(record: WholeRecord): RecordEvent[] {
  const names = list(record['Events.Name'])
  const times = list(record['Events.Timestamp'])
  const attributes = list(record['Events.Attributes'])
  return names.map((name, index) => ({
    time: textOf(times[index]),
    name: textOf(name),
    attributes: Object.fromEntries(
      Object.entries(isObject(attributes[index]) ? attributes[index] : {}).map(([key, value]) => [
        key,
        textOf(value),
      ]),
    ),
  }))
}

/** Columns that are neither maps nor nested nor empty: the record's own facts. */
export function plainColumns(record: WholeRecord): { name: string; value: string }[] {
  return Object.entries(record)
    .filter(([name, value]) => !name.startsWith('_') && (typeof value !== 'object' || value === null))
    .map(([name, value]) => ({
      name,
      value: name === 'Duration' ? formatDuration(textOf(value)) : textOf(value),
    }))
    .filter(({ value }) => value !== '')
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
