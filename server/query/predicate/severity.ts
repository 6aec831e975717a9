import type { TableCapability } from '@/lib/otel/capability'
import { id, type Sql, sql } from '@/lib/sql/fragment'

/**
 * The level of a log: its text, or the name of its number when the text is empty. Names as in OpenTelemetry's
 * log data model (9 is INFO, 10 is INFO2 …).
 */
export function severityExpression(table: TableCapability): Sql {
  const { severityText, severityNumber } = table.roles
  const text = severityText === undefined ? null : sql`toString(${id(severityText)})`
  if (severityNumber === undefined) return text ?? sql`''`
  const number = id(severityNumber)
  const base = sql`arrayElement(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'], intDiv(${number} + 3, 4))`
  const step = sql`if((${number} - 1) % 4 = 0, '', toString((${number} - 1) % 4 + 1))`
  const name = sql`if(${number} BETWEEN 1 AND 24, concat(${base}, ${step}), '')`
  return text ? sql`if(${text} != '', ${text}, ${name})` : name
}
