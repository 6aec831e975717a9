import type { CompareOperator } from '@/lib/search/ast'
import { param, type Sql, sql } from '@/lib/sql/fragment'
import { parseIso, parseTime } from '@/lib/time/range'
import type { ColumnType } from './column-type'
import { DURATION_UNITS, readDuration } from './duration-units'
import { ValueError } from './value-error'

export interface TypedExpression {
  readonly expr: Sql
  readonly type: ColumnType
  /** For messages. */
  readonly field: string
  /** Set on duration columns: what a bare number counts. */
  readonly durationUnit?: 'ns' | 'us' | 'ms' | 's' | undefined
}

const OPERATORS: Readonly<Record<CompareOperator, Sql>> = {
  '>': sql`>`,
  '>=': sql`>=`,
  '<': sql`<`,
  '<=': sql`<=`,
  '=': sql`=`,
}

/** A number as people write it: no hex, no infinity. */
export function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(text)
}

/** `column > bound` by the column's type; the bound is text as typed. Never null for a column that is not. */
export function compareTyped(target: TypedExpression, operator: CompareOperator, bound: string): Sql {
  const { expr, type } = target
  switch (type.family) {
    case 'integer':
    case 'float':
    case 'decimal':
      return sql`${expr} ${OPERATORS[operator]} ${numberParam(type, readNumber(target, bound))}`
    case 'bool':
      return sql`toUInt8(${expr}) ${OPERATORS[operator]} ${param(readBool(target, bound) ? 1 : 0, 'UInt8')}`
    case 'time':
      return sql`${expr} ${OPERATORS[operator]} ${param(clockText(readTime(target, bound)), "DateTime64(9, 'UTC')")}`
    case 'date':
      return compareDate(expr, operator, readTime(target, bound))
    case 'uuid':
      if (!isUuid(bound)) throw wrongValue(target, bound, 'a UUID')
      return sql`${expr} ${OPERATORS[operator]} ${param(bound.toLowerCase(), 'UUID')}`
    case 'ip':
      if (!isAddress(type, bound)) throw wrongValue(target, bound, `an ${type.name} address`)
      return sql`${expr} ${OPERATORS[operator]} ${param(bound, type.name)}`
    default:
      return compareText(expr, operator, bound)
  }
}

/** Numeric if the bound is a number (texts that are none do not match), else by the order of the bytes. */
function compareText(expr: Sql, operator: CompareOperator, bound: string): Sql {
  if (isNumber(bound)) {
    const number = sql`toFloat64OrNull(${expr}) ${OPERATORS[operator]} ${param(Number(bound), 'Float64')}`
    return sql`ifNull(${number}, 0)`
  }
  const value = param(bound, 'String')
  return sql`${expr} != '' AND ${expr} ${OPERATORS[operator]} ${value}`
}

function readNumber(target: TypedExpression, text: string): string {
  if (target.durationUnit) {
    const value = readDuration(text, target.durationUnit)
    if (value === 'bad_unit') {
      throw new ValueError('bad_unit', `${text} has an unknown unit.`, `Units: ${DURATION_UNITS.join(', ')}.`)
    }
    if (value !== null && isNumber(value)) return value
    throw wrongValue(target, text, 'a duration such as 1.5s or 250ms')
  }
  if (isNumber(text)) return text
  if (/^[+-]?[\d.]+\s*[a-zµμ]{1,3}$/iu.test(text)) {
    const message = `${target.field} is a number (${target.type.text}) without a unit; ${text} has one.`
    throw new ValueError('bad_unit', message, 'Units are for durations: write the bare number.')
  }
  throw wrongValue(target, text, 'a number')
}

/** Whole numbers keep all their digits; Float32 is compared as it is stored. */
function numberParam(type: ColumnType, text: string): Sql {
  if (type.name === 'Float32') return param(Number(text), 'Float32')
  const plain = /^([+-]?)(\d{1,40})(?:\.(\d{0,30}))?$/.exec(text)
  if (type.family === 'decimal' && plain)
    return param(text.replace(/^\+/, ''), `Decimal(76, ${plain[3]?.length ?? 0})`)
  if (plain && plain[3] === undefined) {
    const value = BigInt(text.replace(/^\+/, ''))
    if (value >= -(2n ** 63n) && value < 2n ** 63n) return param(value, 'Int64')
    if (value >= 0n && value < 2n ** 64n) return param(value, 'UInt64')
    return param(value, 'Int256')
  }
  return param(Number(text), 'Float64')
}

export function readBool(target: TypedExpression, text: string): boolean {
  const lower = text.toLowerCase()
  if (lower === 'true' || lower === '1') return true
  if (lower === 'false' || lower === '0') return false
  throw wrongValue(target, text, 'true or false')
}

const FIRST = -2_208_988_800_000_000_000n // 1900
const LAST = 9_223_372_036_000_000_000n // 2262, the last second of DateTime64(9)

function readTime(target: TypedExpression, text: string): bigint {
  // Digits are epoch milliseconds, but a bare year is a slip.
  const nanos = /^\d{10,15}$/.test(text) ? parseTime(text, 0) : parseIso(text.trim())
  if (nanos === null) throw wrongValue(target, text, 'a time such as 2026-11-20T09:00:00Z')
  return nanos < FIRST ? FIRST : nanos > LAST ? LAST : nanos
}

/** `2026-11-20 09:00:00.000000000` in UTC. */
function clockText(nanos: bigint): string {
  const rest = ((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  const seconds = Number((nanos - rest) / 1_000_000_000n)
  const clock = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
  return `${clock}.${rest.toString().padStart(9, '0')}`
}

const DAY = 86_400_000_000_000n

/** A date is its midnight in UTC; compared as a date, so that keys and partitions still prune. */
function compareDate(expr: Sql, operator: CompareOperator, nanos: bigint): Sql {
  const into = ((nanos % DAY) + DAY) % DAY
  const floor = nanos - into
  const day = (value: bigint) => param(clockText(value).slice(0, 10), 'Date32')
  if (into === 0n) return sql`${expr} ${OPERATORS[operator]} ${day(floor)}`
  if (operator === '=') return sql`0`
  return operator === '>' || operator === '>=' ? sql`${expr} > ${day(floor)}` : sql`${expr} <= ${day(floor)}`
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

export function isAddress(type: ColumnType, text: string): boolean {
  const isFour = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text)
  if (type.name === 'IPv4') return isFour
  if (!/^[0-9a-f:.]{2,45}$/i.test(text) || !text.includes(':')) return isFour
  const groups = text.split(':')
  const gaps = text.split('::').length - 1
  const last = groups.at(-1)!
  const isMapped = last.includes('.')
  if (isMapped && !isAddress({ ...type, name: 'IPv4' }, last)) return false
  const count = groups.length + (isMapped ? 1 : 0)
  const isGrouped = groups.every(
    (group, i) => /^[0-9a-f]{0,4}$/i.test(group) || (isMapped && i === groups.length - 1),
  )
  return isGrouped && !text.includes(':::') && (gaps === 1 ? count <= 9 : gaps === 0 && count === 8)
}

export function wrongValue(target: TypedExpression, text: string, wanted: string): ValueError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  const hint = `Write ${wanted}, or use another field.`
  return new ValueError(
    'bad_value',
    `${target.field} is ${target.type.text}: ${shown} is not ${wanted}.`,
    hint,
  )
}
