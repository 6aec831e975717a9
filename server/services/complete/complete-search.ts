import type { CompleteRequest, CompleteResponse } from '@/lib/api/search'
import type { TableCapability } from '@/lib/otel/capability'
import { completionContext } from '@/lib/search/completion-context'
import type { TimeRange } from '@/lib/time/range'
import { resolveRange } from '@/server/query/range'
import { tableOf } from '@/server/query/sources'
import type { ServiceContext } from '../context'
import { listKeys } from './list-keys'
import { listValues } from './list-values'
import { sqlContext } from './sql-context'

type Item = CompleteResponse['items'][number]

const MAX_ITEMS = 50
const OPERATORS = ['AND', 'OR', 'NOT'] as const

/** POST /api/v1/complete: what can stand at the position, the likeliest first. */
export async function completeSearch(
  ctx: ServiceContext,
  request: CompleteRequest,
): Promise<CompleteResponse> {
  const table = tableOf(await ctx.capabilities(), request.source)
  const range = resolveRange(request, ctx.nowMs)
  if (request.language === 'sql') return completeSql(ctx, request, table, range)
  const context = completionContext(request.query, Math.min(request.position, request.query.length))
  const place = { from: context.from, to: context.to }
  switch (context.kind) {
    case 'operator': {
      const items = OPERATORS.filter((name) => name.startsWith(context.prefix.toUpperCase()))
      return { ...place, items: items.map((label) => ({ label, kind: 'operator', insert: `${label} ` })) }
    }
    case 'field': {
      const keys = await listKeys(ctx, table, range)
      const fields = [...columnItems(table), ...keys.map(({ key, count }) => keyItem(key, count))]
      return { ...place, items: ranked(fields, context.prefix) }
    }
    case 'value': {
      if (context.field === undefined) return { ...place, items: [] }
      const values = await listValues(ctx, table, range, context.field, context.prefix)
      const items = values.map(
        ({ value, count }): Item => ({
          label: value,
          kind: 'value',
          insert: quoted(value),
          ...(count === null ? {} : { detail: count.toLocaleString('en') }),
        }),
      )
      return { ...place, items: items.slice(0, MAX_ITEMS) }
    }
  }
}

const SQL_WORDS = ['AND', 'OR', 'NOT', 'LIKE', 'ILIKE', 'IN', 'BETWEEN', 'IS NULL'] as const

/** In a condition in SQL: columns and words, keys inside `Map['…']`, values inside the quotes behind a comparison. */
async function completeSql(
  ctx: ServiceContext,
  request: CompleteRequest,
  table: TableCapability,
  range: TimeRange,
): Promise<CompleteResponse> {
  const context = sqlContext(request.query, Math.min(request.position, request.query.length))
  const { kind, field, prefix, from, to } = context
  const items = async (): Promise<Item[]> => {
    if (kind === 'none' || (kind === 'column' && prefix === '')) return []
    if (kind === 'column') return ranked(sqlItems(table), prefix)
    const map = table.columns.find((column) => column.name === field)
    const found =
      kind === 'key'
        ? (map ? await listKeys(ctx, table, range, map.name) : []).map(({ key }) => key)
        : (await listValues(ctx, table, range, field, prefix)).map(({ value }) => value)
    const insert = (text: string) => `${text.replace(/['\\]/g, '\\$&')}'${kind === 'key' ? ']' : ''}`
    const closed = request.query.slice(to).startsWith(']')
    return ranked(
      found.map((label) => ({
        label,
        kind: kind === 'key' ? 'field' : 'value',
        insert: closed ? insert(label).replace(/\]$/, '') : insert(label),
      })),
      prefix,
    )
  }
  return { items: await items(), from, to }
}

function sqlItems(table: TableCapability): Item[] {
  const columns = table.columns
    .filter((column) => column.computed === undefined)
    .map((column): Item => {
      const isMap = column.type.startsWith('Map(')
      return {
        label: column.name,
        kind: 'field',
        insert: isMap ? `${column.name}['` : column.name,
        detail: column.type,
      }
    })
  return [...columns, ...SQL_WORDS.map((label): Item => ({ label, kind: 'operator', insert: `${label} ` }))]
}

/** Columns that a search can name; helpers that are computed are left out. */
function columnItems(table: TableCapability): Item[] {
  return table.columns
    .filter((column) => column.computed === undefined && !/^(Map|JSON)/.test(column.type))
    .map((column) => ({ label: column.name, kind: 'field', insert: `${column.name}:`, detail: 'column' }))
}

function keyItem(key: string, count: number): Item {
  const startsWell = /^[\p{L}_@]/u.test(key) && key.toLowerCase() !== 'localhost'
  const name = `${startsWell ? '' : 'attributes.'}${key}`.replace(/[\s:()"\\]/g, '\\$&')
  return {
    label: key,
    kind: 'field',
    insert: `${name}:`,
    detail: `attribute · ${count.toLocaleString('en')}`,
  }
}

/** Names that begin with what is typed, then names that contain it. */
function ranked(items: readonly Item[], prefix: string): Item[] {
  const typed = prefix.toLowerCase()
  const matching = items.filter((item) => item.label.toLowerCase().includes(typed))
  const starts = matching.filter((item) => item.label.toLowerCase().startsWith(typed))
  const seen = new Set<string>()
  return [...starts, ...matching]
    .filter((item) => !seen.has(item.insert) && seen.add(item.insert))
    .slice(0, MAX_ITEMS)
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}
