/** One value as RFC 4180 has it. */
function field(value: unknown): string {
  const text =
    value === null || value === undefined
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)
  // A spreadsheet would run a text that begins like a formula; telemetry is anybody's text.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && !isNumber(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function isNumber(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)
}

/** A line of CSV, with its CRLF. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(field).join(',')}\r\n`
}

/** Lines for rows whose keys are the columns' names. */
export function csvRows(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string {
  return rows
    .map((row) => csvLine(columns.map((column) => (Object.hasOwn(row, column) ? row[column] : ''))))
    .join('')
}
