/**
 * The words of a text column, for word search. SEARCH: a word is a run of letters and digits, any case, by
 * Unicode. `splitByNonAlpha` alone is not that: it glues every non-ASCII byte to its neighbours, so that
 * `“timeout”…` would be one token, and `lower()` folds ASCII only. Rows of pure ASCII (nearly all) take the
 * cheap branch; in the others what is neither letter, mark nor digit becomes a space, and the long s and the
 * Kelvin sign fold to s and k (İ does not fold to i: it goes to a letter outside ASCII).
 *
 * A text index on this very expression answers a word search exactly and without reading the column:
 * `INDEX … <expression> TYPE text(tokenizer = splitByNonAlpha)`.
 *
 * @param column a column identifier, from the schema only.
 */
export function wordsExpression(column: string): string {
  const folded = `lowerUTF8(translateUTF8(${column}, 'ſİ', 'sı'))`
  const words = `replaceRegexpAll(${folded}, '[^\\\\p{L}\\\\p{M}\\\\p{N}]+', ' ')`
  return `if(lengthUTF8(${column}) = length(${column}), lower(${column}), ${words})`
}
