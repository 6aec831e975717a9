import type { SearchNode } from './ast'
import { parseSearch } from './parse'
import { printName, printQuoted, printSearch } from './print'

/** A value in quotes: it is matched exactly, whatever is in it. */
export function quoteValue(value: string): string {
  return printQuoted(value)
}

/**
 * The clause for "this field is (not) this value", as facets and include/exclude write it. A name that cannot
 * start a field (`404.page`) is written as `attributes.404.page`.
 */
export function fieldClause(field: string, value: string, negate = false): string {
  const startsWell = /^[\p{L}_@]/u.test(field) && field.toLowerCase() !== 'localhost'
  const name = printName(startsWell ? field : `attributes.${field}`)
  return `${negate ? '-' : ''}${name}:${printQuoted(value)}`
}

/** Adds a clause unless it is there; its opposite, if there, is replaced. */
export function addClause(text: string, clause: string): string {
  if (hasClause(text, clause)) return text
  const rest = removeClause(text, oppositeOf(clause)).trim()
  if (rest === '') return clause
  const { ast } = parseSearch(rest)
  // AND binds tighter than OR: `a OR b` has to stay together.
  const added = ast.type === 'or' ? `(${rest}) ${clause}` : `${rest} ${clause}`
  // A backslash at the end would escape the space: then the text is written anew.
  return hasClause(added, clause) ? added : allOf([...itemsOf(ast), ...conditions(clause)])
}

/** Removes the clause where it stands as a condition of its own, and leaves the rest of the text as typed. */
export function removeClause(text: string, clause: string): string {
  let rest = text
  for (;;) {
    const all = conditions(rest)
    const found = all.find((node) => printSearch(node) === canonical(clause))
    if (!found) return rest
    const kept = allOf(all.filter((node) => node !== found))
    const before = rest.slice(0, found.span.from).replace(/(?:\s*(?:\bAND|&&))?\s+$/, '')
    const after = rest.slice(found.span.to).replace(/^\s*(?:(?:AND\b|&&)\s*)?/, '')
    const cut = [before, after].filter((part) => part.trim() !== '').join(' ')
    const isWhole = parseSearch(rest).diagnostics.length === 0
    rest = isWhole && canonical(cut) !== kept ? kept : cut
  }
}

/** Adds the clause, or removes it when it is there. */
export function toggleClause(text: string, clause: string): string {
  return hasClause(text, clause) ? removeClause(text, clause) : addClause(text, clause)
}

/** True when the search already demands the clause. */
export function hasClause(text: string, clause: string): boolean {
  return conditions(text).some((node) => printSearch(node) === canonical(clause))
}

/** What the whole search demands: the top-level AND's items, or the one condition. */
function conditions(text: string): readonly SearchNode[] {
  return itemsOf(parseSearch(text).ast)
}

function itemsOf(ast: SearchNode): readonly SearchNode[] {
  return ast.type === 'and' ? ast.items : ast.type === 'all' ? [] : [ast]
}

function allOf(items: readonly SearchNode[]): string {
  const [first, ...rest] = items
  if (!first) return ''
  return printSearch(rest.length === 0 ? first : { type: 'and', items, span: first.span })
}

function canonical(clause: string): string {
  return printSearch(parseSearch(clause).ast)
}

function oppositeOf(clause: string): string {
  const { ast } = parseSearch(clause)
  return printSearch(ast.type === 'not' ? ast.item : { type: 'not', item: ast, span: ast.span })
}
