import type { TraceLog, TraceSpan } from '@/lib/api/trace'
import { formatIso } from '@/lib/time/range'
import { type Cell, type QueryResult, textOf } from '@/server/clickhouse/execute'
import { formatRowId } from '@/server/query/row-identity'

/** Reads cells by the statement's names, which carry an underscore. */
export function reader(result: QueryResult): (row: readonly Cell[], name: string) => Cell {
  const at = new Map(result.columns.map((column, i) => [column.name, i]))
  return (row, name) => row[at.get(`_${name}`) ?? -1]
}

/** Likewise, a column at a time: for results of many rows. */
export function cells(result: QueryResult) {
  const at = (name: string) => result.columns.findIndex((column) => column.name === `_${name}`)
  const text = (name: string) => {
    const place = at(name)
    return (row: readonly Cell[]) => textOf(row[place])
  }
  return { at, text }
}

export function readSpans(result: QueryResult): TraceSpan[] {
  const cell = reader(result)
  return result.rows.map((row): TraceSpan => {
    const text = (name: string) => textOf(cell(row, name))
    return {
      spanId: text('spanId'),
      parentSpanId: text('parentSpanId'),
      name: text('name'),
      kind: kindName(text('kind')),
      service: text('service'),
      start: formatIso(BigInt(text('start'))),
      durationNs: text('duration'),
      status: statusName(text('status')),
      statusMessage: text('statusMessage'),
      traceState: text('traceState'),
      attributes: attributesOf(cell(row, 'attributes')),
      resource: attributesOf(cell(row, 'resource')),
      scope: { name: text('scopeName'), version: text('scopeVersion') },
      events: list(cell(row, 'Events.Name')).map((name, i) => ({
        time: textOf(list(cell(row, 'Events.Timestamp'))[i]),
        name: textOf(name),
        attributes: attributesOf(list(cell(row, 'Events.Attributes'))[i]),
      })),
      links: list(cell(row, 'Links.TraceId')).map((traceId, i) => ({
        traceId: textOf(traceId),
        spanId: textOf(list(cell(row, 'Links.SpanId'))[i]),
        traceState: textOf(list(cell(row, 'Links.TraceState'))[i]),
        attributes: attributesOf(list(cell(row, 'Links.Attributes'))[i]),
      })),
    }
  })
}

export function readLogs(result: QueryResult): TraceLog[] {
  const cell = reader(result)
  return result.rows.map((row): TraceLog => {
    const text = (name: string) => textOf(cell(row, name))
    const timeNs = BigInt(text('time'))
    return {
      id: formatRowId({ timeNs, lookalike: text('lookalike') }),
      time: formatIso(timeNs),
      spanId: text('spanId'),
      severityText: text('severityText'),
      severityNumber: Number(text('severityNumber')) || 0,
      service: text('service'),
      body: text('body'),
      eventName: text('eventName'),
      attributes: attributesOf(cell(row, 'attributes')),
      resource: attributesOf(cell(row, 'resource')),
    }
  })
}

/** A map, or a JSON column whose nested objects become dotted keys. Values are text. */
export function attributesOf(cell: Cell): Record<string, string> {
  const entries: [string, string][] = []
  collect(cell, '', entries)
  return Object.fromEntries(entries)
}

function collect(value: Cell, path: string, entries: [string, string][]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (path !== '') entries.push([path, typeof value === 'object' ? JSON.stringify(value) : textOf(value)])
    return
  }
  for (const [key, item] of Object.entries(value))
    collect(item, path === '' ? key : `${path}.${key}`, entries)
}

const KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'] as const
const STATUSES = ['Unset', 'Ok', 'Error'] as const

/** Both spellings of the exporter's generations, and bare numbers. */
export function kindName(text: string): string {
  return KINDS[kindNumber(text)] ?? 'Unspecified'
}

export function kindNumber(text: string): number {
  return position(KINDS, text.replace(/^SPAN_KIND_/i, ''))
}

export function statusName(text: string): string {
  return STATUSES[statusNumber(text)] ?? 'Unset'
}

export function statusNumber(text: string): number {
  return position(STATUSES, text.replace(/^STATUS_CODE_/i, ''))
}

function position(names: readonly string[], text: string): number {
  if (/^\d$/.test(text)) return Number(text) < names.length ? Number(text) : 0
  const found = names.findIndex((name) => name.toLowerCase() === text.toLowerCase())
  return Math.max(found, 0)
}

export function list(cell: Cell): readonly Cell[] {
  return Array.isArray(cell) ? cell : []
}
