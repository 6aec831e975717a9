/** Rows as JSON, one on a line, without the API's own `_id`; the caller puts `[` and `]` around all of them. */
export function jsonRows(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
  first: boolean,
): string {
  return rows
    .map((row, index) => {
      const picked = Object.fromEntries(
        columns.map((column) => [column, Object.hasOwn(row, column) ? row[column] : null]),
      )
      return `${first && index === 0 ? '' : ',\n'}${JSON.stringify(picked)}`
    })
    .join('')
}
