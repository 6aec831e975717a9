import type { ScalarType } from './schema'

/** The JSON is broken or a field has a value of the wrong kind: the whole request is refused. */
export class JsonShapeError extends Error {}

export interface Halves {
  readonly lo: number
  readonly hi: number
}

const TWO_32 = 4294967296

/** A 64-bit integer of protobuf's JSON: a decimal string, or a number. Null when it is neither or does not fit. */
export function parseInt64(value: unknown, signed: boolean): Halves | null {
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return null
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER)
      return { lo: value >>> 0, hi: Math.floor(value / TWO_32) }
    return fromBigInt(BigInt(value), signed)
  }
  if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) return null
  if (value.length <= 15) return parseInt64(Number(value), signed)
  return fromBigInt(BigInt(value), signed)
}

function fromBigInt(value: bigint, signed: boolean): Halves | null {
  const fits = signed ? BigInt.asIntN(64, value) === value : BigInt.asUintN(64, value) === value
  if (!fits) return null
  const bits = BigInt.asUintN(64, value)
  return { lo: Number(bits & 0xffffffffn), hi: Number(bits >> 32n) }
}

export function parseDouble(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return null
  if (value === 'NaN') return Number.NaN
  if (value === 'Infinity') return Number.POSITIVE_INFINITY
  if (value === '-Infinity') return Number.NEGATIVE_INFINITY
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : null
}

/** Not a valid id of any length: the mapping then rejects the span, or stores the link's id empty. */
const BAD_ID = new Uint8Array(1)

/** Hex in any case. What is not hex becomes an invalid id, so that only its record is rejected. */
export function parseId(value: unknown): Uint8Array {
  if (typeof value !== 'string' || value.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(value)) return BAD_ID
  const bytes = new Uint8Array(value.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(value.slice(i * 2, i * 2 + 2), 16)
  return bytes
}

/** Base64, standard or URL-safe, with or without padding. */
export function parseBase64(value: unknown): Uint8Array | null {
  if (typeof value !== 'string') return null
  try {
    return Uint8Array.from(atob(value.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}

const ENUM_NAMES: Readonly<Record<string, number>> = {
  SPAN_KIND_UNSPECIFIED: 0,
  SPAN_KIND_INTERNAL: 1,
  SPAN_KIND_SERVER: 2,
  SPAN_KIND_CLIENT: 3,
  SPAN_KIND_PRODUCER: 4,
  SPAN_KIND_CONSUMER: 5,
  STATUS_CODE_UNSET: 0,
  STATUS_CODE_OK: 1,
  STATUS_CODE_ERROR: 2,
  AGGREGATION_TEMPORALITY_UNSPECIFIED: 0,
  AGGREGATION_TEMPORALITY_DELTA: 1,
  AGGREGATION_TEMPORALITY_CUMULATIVE: 2,
}

/** OTLP writes enums as integers; the names that plain protobuf JSON writes are understood too. */
export function parseEnum(value: unknown): number | null {
  if (typeof value === 'string') return Object.hasOwn(ENUM_NAMES, value) ? ENUM_NAMES[value]! : null
  return isInt32(value) ? value : null
}

export function parseInt32(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value
  return isInt32(number) || isUint32(number) ? number : null
}

function isInt32(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value
}

function isUint32(value: unknown): value is number {
  return typeof value === 'number' && value >>> 0 === value
}

export const EXPECTED: Readonly<Record<ScalarType, string>> = {
  string: 'a string',
  bytes: 'base64 text',
  id: 'hex text',
  fixed64: 'a 64-bit unsigned integer as text',
  sfixed64: 'a 64-bit integer as text',
  int64: 'a 64-bit integer as text',
  uint64: 'a 64-bit unsigned integer as text',
  uint32: 'an integer',
  sint32: 'an integer',
  fixed32: 'an integer',
  double: 'a number',
  bool: 'true or false',
  enum: 'an integer',
}
