import type { Filters, Warning } from '@/lib/api/common'
import { ProblemError } from '@/lib/api/problem-error'
import type { TableCapability } from '@/lib/otel/capability'
import type { Diagnostic } from '@/lib/search/ast'
import { and, type Sql, sql, trusted } from '@/lib/sql/fragment'
import { compileFilters } from './predicate/compile-filters'
import { compileSearch, type SearchedKey, unknownKeyWarnings } from './predicate/compile-search'

/** Which records, without the time range. */
export interface Selection {
  readonly predicate: Sql
  readonly warnings: readonly Warning[]
  /** Columns and attributes that the predicate reads; null when it holds a person's SQL, which may read any. */
  readonly fields: readonly string[] | null
  readonly author: 'product' | 'person'
  /** Attribute keys that the search names, for `keyWarnings`. */
  readonly keys: readonly SearchedKey[]
  /** The search as it was typed. */
  readonly searchText?: string
}

export interface SelectionInput {
  /** Search language; the SQL as it was typed when `checkedSql` is given. */
  readonly query?: string | undefined
  /** A boolean expression that the user-SQL guard let through. */
  readonly checkedSql?: string | undefined
  readonly filters?: Filters | undefined
}

/**
 * The predicate of a request against one table.
 * @param except a field whose own filter is left out (facets)
 * @throws ProblemError `search_syntax` with the position of the first mistake
 */
export function compileSelection(input: SelectionInput, table: TableCapability, except?: string): Selection {
  const filters = input.filters ?? {}
  const filtered = Object.keys(filters).filter((field) => field !== except)
  const filter = filtered.length > 0 ? [compileFilters(filters, table, except)] : []
  if (input.checkedSql !== undefined) {
    const predicate = and([trusted(input.checkedSql), ...filter])
    const typed = input.query === undefined ? {} : { searchText: input.query }
    return { predicate, warnings: [], fields: null, author: 'person', keys: [], ...typed }
  }
  const text = input.query ?? ''
  if (text.trim() === '') {
    const predicate = filter.length > 0 ? and(filter) : sql`1`
    return { predicate, warnings: [], fields: filtered, author: 'product', keys: [] }
  }
  const search = compileSearch(text, table)
  const mistake = search.diagnostics.find((diagnostic) => diagnostic.severity === 'error')
  if (mistake) {
    throw new ProblemError('search_syntax', mistake.message, {
      position: { from: mistake.from, to: mistake.to },
      ...(mistake.hint === undefined ? {} : { hint: mistake.hint }),
    })
  }
  return {
    predicate: and([search.where, ...filter]),
    warnings: search.diagnostics.map(toWarning),
    keys: search.keys,
    fields: [...new Set([...search.fields, ...filtered])],
    author: 'product',
    searchText: text,
  }
}

/** Warnings for keys that nobody has sent; the search runs all the same. */
export function keyWarnings(keys: readonly SearchedKey[], known: ReadonlySet<string>): Warning[] {
  return unknownKeyWarnings(keys, known).map(toWarning)
}

function toWarning({ code, message, from, to, hint }: Diagnostic): Warning {
  return { code, message, position: { from, to }, ...(hint === undefined ? {} : { hint }) }
}
