import type { TableCapability } from '@/lib/otel/capability'
import type { Diagnostic, FieldNode, SearchNode, Span } from '@/lib/search/ast'
import { nearestNames } from '@/lib/search/nearest-name'
import { parseSearch } from '@/lib/search/parse'
import { and, or, type Sql, sql } from '@/lib/sql/fragment'
import { parseColumnType } from './column-type'
import { textIndexFor } from './index-choice'
import { matchField } from './match-field'
import { type ResolvedField, resolveField } from './resolve-field'
import { matchesBare } from './text-search'
import { ValueError } from './value-error'

/** An attribute that a search names: known keys are compared with it for "did you mean". */
export interface SearchedKey extends Span {
  readonly key: string
  /** As typed. */
  readonly name: string
  /** Maps or JSON columns that may hold it. */
  readonly columns: readonly string[]
}

export interface CompiledSearch {
  /** A condition of 0 or 1, never NULL. Not to be run when the diagnostics hold an error. */
  readonly where: Sql
  readonly diagnostics: readonly Diagnostic[]
  /** Canonical names of all fields that the condition reads: columns, `Column.key`, or bare keys. */
  readonly fields: readonly string[]
  readonly keys: readonly SearchedKey[]
}

/** Compiles a search (docs/SEARCH.md) against one table. Never throws: what is wrong is in the diagnostics. */
export function compileSearch(text: string, table: TableCapability): CompiledSearch {
  const { ast, diagnostics } = parseSearch(text)
  const compiler = new Compiler(table, [...diagnostics])
  const where = compiler.node(ast)
  return {
    where,
    diagnostics: compiler.diagnostics.toSorted((a, b) => a.from - b.from),
    fields: [...compiler.fields],
    keys: compiler.keys,
  }
}

class Compiler {
  readonly fields = new Set<string>()
  readonly keys: SearchedKey[] = []

  constructor(
    private readonly table: TableCapability,
    readonly diagnostics: Diagnostic[],
  ) {}

  node(node: SearchNode): Sql {
    switch (node.type) {
      case 'and':
        return and(node.items.map((item) => this.node(item)))
      case 'or':
        return or(node.items.map((item) => this.node(item)))
      case 'not':
        return sql`NOT (${this.node(node.item)})`
      case 'all':
        return sql`1`
      case 'text':
        return this.guarded(node.span, () => this.bare(node))
      case 'phrase':
        // A phrase is a bare text whose characters are all literal.
        return node.text === '' ? sql`1` : this.guarded(node.span, () => this.bare(node))
      case 'field':
        return this.guarded(node.value.span, () => this.field(node), node.nameSpan)
    }
  }

  private bare(node: SearchNode & { type: 'text' | 'phrase' }): Sql {
    const { table } = this
    const name = defaultColumn(table)
    const column = table.columns.find((candidate) => candidate.name === name)
    if (!column) {
      const hint = 'Name a field: field:value.'
      throw new ValueError(
        'unknown_field',
        `${table.table} has no column that bare words are searched in.`,
        hint,
      )
    }
    const resolved = resolveField(column.name, table)!
    this.fields.add(resolved.field)
    const { type } = resolved.slots[0]
    if (node.type === 'phrase' || type.family !== 'text') {
      const span = node.span
      const glob = node.type === 'phrase' ? [node.text] : node.glob
      // Roles would turn it into an equality; the default column only contains.
      return matchField({ field: resolved.field, slots: resolved.slots }, { type: 'text', glob, span }, table)
    }
    const { expr } = resolved.slots[0]
    const index = textIndexFor(table, column.name)
    const found = matchesBare({ expr, lowCardinality: type.lowCardinality, index }, node.glob)
    return type.nullable ? sql`ifNull(${found}, 0)` : found
  }

  private field(node: FieldNode): Sql {
    const field = resolveField(node.name, this.table)
    if (!field) throw unknownField(node.name, this.table)
    this.fields.add(field.field)
    this.noteKey(node, field)
    return matchField(field, node.value, this.table)
  }

  private noteKey(node: FieldNode, field: ResolvedField): void {
    const key = field.slots[0].key
    if (key === undefined) return
    const columns = field.slots.map((slot) => slot.column)
    this.keys.push({ key, name: node.name, columns, ...node.nameSpan })
  }

  /** A value that does not fit is a diagnostic at its place; the rest is still compiled. */
  private guarded(span: Span, compile: () => Sql, nameSpan = span): Sql {
    try {
      return compile()
    } catch (error) {
      if (!(error instanceof ValueError)) throw error
      const { code, message, hint } = error
      const { from, to } = code === 'unknown_field' || code === 'unsupported_type' ? nameSpan : span
      this.diagnostics.push({ severity: 'error', code, message, hint, from, to })
      return sql`0`
    }
  }
}

/** What bare words are searched in: a log's body, a span's name, a metric's name. */
export function defaultColumn(table: TableCapability): string | undefined {
  const { roles, kind, columns } = table
  const metric = kind === 'metrics' ? columns.find(({ name }) => name === 'MetricName')?.name : undefined
  const wanted = kind === 'logs' ? (roles.body ?? roles.name) : (metric ?? roles.name ?? roles.body)
  return wanted ?? columns.find(({ type }) => parseColumnType(type).family === 'text')?.name
}

function unknownField(name: string, table: TableCapability): ValueError {
  const near = nearestNames(
    name,
    table.columns.map((column) => column.name),
  )
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Quote it to search for the text.'
  return new ValueError('unknown_field', `${table.table} has no field ${name}.`, hint)
}

/**
 * Warnings for attribute keys that nobody has sent (in the time range whose keys are `known`), with the nearest
 * known names. Such a search still runs.
 */
export function unknownKeyWarnings(keys: readonly SearchedKey[], known: Iterable<string>): Diagnostic[] {
  const names = new Set(known)
  const seen = new Set<string>()
  return keys.flatMap(({ key, name, from, to }): Diagnostic[] => {
    if (names.has(key) || seen.has(key)) return []
    seen.add(key)
    const near = nearestNames(key, names)
    const hint = near.length > 0 ? { hint: `Did you mean ${near.join(' or ')}?` } : {}
    const message = `Nothing with the attribute ${name} was seen.`
    return [{ severity: 'warning', code: 'unknown_field', message, from, to, ...hint }]
  })
}
