import type { Glob, SearchNode, Value } from './ast'
import { isLonePunctuation } from './characters'
import { fieldColon } from './scan'

/** Writes the canonical text of a tree: `parse(print(ast))` is `ast`, spans aside. */
export function printSearch(node: SearchNode): string {
  return node.type === 'all' ? '' : print(node)
}

function print(node: SearchNode): string {
  switch (node.type) {
    case 'or':
      return node.items.map((item) => (item.type === 'or' ? `(${print(item)})` : print(item))).join(' OR ')
    case 'and':
      return node.items.map(grouped).join(' ')
    case 'not':
      return `-${grouped(node.item)}`
    case 'all':
      return '*'
    case 'phrase':
      return printQuoted(node.text)
    case 'text':
      return printBare(node.glob)
    case 'field':
      return `${printName(node.name)}:${printValue(node.value)}`
  }
}

function grouped(node: SearchNode): string {
  return node.type === 'or' || node.type === 'and' ? `(${print(node)})` : print(node)
}

/** In quotes only the quote and the backslash need an escape. */
export function printQuoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** A field name may hold anything but starts with a letter, `_` or `@`. */
export function printName(name: string): string {
  return name.replace(/[\s:()"\\]/g, '\\$&')
}

function printGlob(glob: Glob): string {
  return glob
    .map((part) => (typeof part === 'string' ? part.replace(/[\s*?"()\\]/g, '\\$&') : part.wild))
    .join('')
}

function printBare(glob: Glob): string {
  let text = printGlob(glob)
  if (fieldColon(text, 0) !== -1) text = text.replaceAll(':', '\\:')
  // Operators are operators only without a prefix; `+x` is `x`.
  if (text === 'AND' || text === 'OR' || text === 'NOT') return `+${text}`
  return /^[-+!]/.test(text) || isLonePunctuation(text) ? `\\${text}` : text
}

function printValue(value: Value): string {
  switch (value.type) {
    case 'exists':
      return '*'
    case 'quoted':
      return printQuoted(value.text)
    case 'text':
      return printText(printGlob(value.glob))
    case 'regex':
      return `/${value.pattern.replace(/\\[\s\S]|\//g, (part) => (part === '/' ? '\\/' : part))}/`
    case 'compare':
      return `${value.operator}${printBound(value.bound)}`
    case 'range': {
      const low = value.low === null ? '*' : printBound(value.low)
      const high = value.high === null ? '*' : printBound(value.high)
      return `${value.includeLow ? '[' : '{'}${low} TO ${high}${value.includeHigh ? ']' : '}'}`
    }
  }
}

/** A value that would start something else gets a backslash; `/api/cart` cannot be a regex and needs none. */
function printText(text: string): string {
  return /^(?:[[{<>=:]|\/(?![^/\\]+\/.))/.test(text) ? `\\${text}` : text
}

function printBound(bound: string): string {
  return /^[\p{L}\p{N}_.:+-]+$/u.test(bound) ? bound : printQuoted(bound)
}
