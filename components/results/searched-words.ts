import type { Glob, SearchNode } from '@/lib/search/ast'
import { parseSearch } from '@/lib/search/parse'

/** The plain words and phrases of a query that a matching row contains; what is negated is left out. */
export function searchedWords(query: string): string[] {
  const words = new Set<string>()
  collect(parseSearch(query).ast, words)
  return [...words].filter((word) => word.length > 1).slice(0, 20)
}

function collect(node: SearchNode, words: Set<string>): void {
  switch (node.type) {
    case 'and':
    case 'or':
      for (const item of node.items) collect(item, words)
      return
    case 'text':
      for (const part of literals(node.glob)) words.add(part)
      return
    case 'phrase':
      words.add(node.text)
      return
    case 'not':
    case 'all':
    case 'field':
      return
  }
}

function literals(glob: Glob): string[] {
  return glob.filter((part) => typeof part === 'string')
}
