import type { SkipIndex, TableCapability } from '@/lib/otel/capability'
import { wordsExpression } from '@/lib/otel/words'
import { id, type Sql, sql, trusted } from '@/lib/sql/fragment'

/**
 * Which index of the table can serve a condition: a function of the capability record alone. An index may only
 * prune, so each of these is used only where it cannot lose a row.
 */

/** How a text column can be searched through an index. */
export interface TextIndex {
  /** The indexed expression. */
  readonly expr: Sql
  readonly kind: 'text' | 'tokenbf' | 'ngrambf'
  /**
   * The index holds words as the search language means them (lib/otel/words.ts): a word found in it is an
   * answer. Without it, tokens glue non-ASCII bytes to words, and only some of them can be asked for.
   */
  readonly words: boolean
  /** Shortest piece of text that the index can look for within tokens; null: whole tokens only. */
  readonly shortestPiece: number | null
}

/** The best index on the words or the lower-cased text of a column. */
export function textIndexFor(table: TableCapability, column: string): TextIndex | null {
  const words = normalise(wordsExpression(column))
  const lower = normalise(`lower(${column})`)
  const found: TextIndex[] = []
  for (const index of table.indexes) {
    const expression = normalise(index.expression)
    const isWords = expression === words
    if (!isWords && expression !== lower) continue
    const kind = textIndexKind(index)
    if (!kind) continue
    const expr = isWords ? trusted(wordsExpression(quoted(column))) : sql`lower(${id(column)})`
    found.push({ expr, kind, words: isWords, shortestPiece: shortestPiece(index, kind) })
  }
  const rank = (index: TextIndex) =>
    (index.words ? 0 : 3) + ['text', 'tokenbf', 'ngrambf'].indexOf(index.kind)
  return found.sort((a, b) => rank(a) - rank(b))[0] ?? null
}

/** The items column of a map, when an index stands behind it; computing the items without one costs more than the map. */
export function indexedItems(table: TableCapability, map: string): string | null {
  const items = table.items[map]
  if (items === undefined) return null
  const isItems = (index: SkipIndex) => normalise(index.expression) === normalise(items) && servesHas(index)
  return table.indexes.some(isItems) ? items : null
}

/** Whether `mapContains` (keys) or `has(mapValues(…))` (values) can prune. */
export function hasMapIndex(table: TableCapability, map: string, part: 'keys' | 'values'): boolean {
  const call = part === 'keys' ? 'mapKeys' : 'mapValues'
  const subcolumn = normalise(`${map}.${part}`)
  return table.indexes.some((index) => {
    const expression = normalise(index.expression)
    return (expression === normalise(`${call}(${map})`) || expression === subcolumn) && servesHas(index)
  })
}

/** Indexes that look for whole array elements. A text index does when its tokenizer is `array`. */
function servesHas(index: SkipIndex): boolean {
  return index.type === 'bloom_filter' || (index.type === 'text' && /\barray\b/.test(index.typeFull))
}

function textIndexKind(index: SkipIndex): TextIndex['kind'] | null {
  if (index.type === 'tokenbf_v1') return 'tokenbf'
  if (index.type === 'ngrambf_v1') return 'ngrambf'
  return index.type === 'text' && /splitByNonAlpha|\bdefault\b/.test(index.typeFull) ? 'text' : null
}

/** Below 4 characters ClickHouse does not scan a text index's dictionary (text_index_like_min_pattern_length). */
function shortestPiece(index: SkipIndex, kind: TextIndex['kind']): number | null {
  if (kind === 'text') return 4
  if (kind === 'tokenbf') return null
  return Number(/ngrambf_v1\((\d+)/.exec(index.typeFull)?.[1] ?? 3)
}

function quoted(column: string): string {
  return `\`${column.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
}

/** Index expressions come back with other spacing and quoting than they were written with. */
function normalise(expression: string): string {
  let text = expression.replace(/[\s`\\]/g, '')
  while (/^\([^()]*(?:\([^()]*\)[^()]*)*\)$/.test(text)) text = text.slice(1, -1)
  return text
}
