/**
 * The words of a text column, for word search. SEARCH: a word is a run of letters and digits, any case, by
 * Unicode. `splitByNonAlpha` alone is not that: it glues every non-ASCII byte to its neighbours, so that
 * `“timeout”…` would be one token, and `lower()` folds ASCII only. Rows of pure ASCII (nearly all) take the
 * cheap branch; the others are folded, and what is neither letter, mark nor digit becomes a space.
 *
 * A text index on this very expression answers a word search exactly and without reading the column:
 * `INDEX words <expression> TYPE text(tokenizer = splitByNonAlpha)`. Without such an index the same expression
 * is computed, so both give the same rows. (`isValidASCII`, because ClickHouse rewrites its alias `isASCII`
 * and the index would no longer match.)
 *
 * @param column a quoted or plain column identifier, from the schema only.
 */
export function wordsExpression(column: string): string {
  return `if(isValidASCII(${column}), lower(${column}), replaceRegexpAll(caseFoldUTF8(${column}), '[^\\\\p{L}\\\\p{M}\\\\p{N}]+', ' '))`
}
