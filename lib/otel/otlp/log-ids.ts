import { type ScannedValue, VALUE } from './any-value'
import { collect, findAttribute } from './attributes'
import { Ranges } from './ranges'
import type { WireReader } from './wire-reader'

/** Ids found in the content of a log, as lower-case hex; empty when absent. */
export interface ContentIds {
  readonly traceId: string
  readonly spanId: string
}

// As structlog, pino, logrus and the Elastic Common Schema write them.
const TRACE_KEYS = ['trace_id', 'traceId', 'trace.id']
const SPAN_KEYS = ['span_id', 'spanId', 'span.id']
const encoder = new TextEncoder()
const TRACE_KEY_BYTES = TRACE_KEYS.map((key) => encoder.encode(key))
const SPAN_KEY_BYTES = SPAN_KEYS.map((key) => encoder.encode(key))
const OPEN_BRACE = 0x7b
/** A longer body is data, not a log line worth parsing for an id. */
const MAX_JSON_BODY = 64 * 1024

const decoder = new TextDecoder()
const entries = new Ranges()

/** Looks for ids in a log's attributes, then in its body when that is a map or JSON text. */
export function idsFromContent(reader: WireReader, attributes: Ranges, body: ScannedValue): ContentIds {
  let traceId = idIn(reader, attributes, TRACE_KEY_BYTES, 32)
  let spanId = idIn(reader, attributes, SPAN_KEY_BYTES, 16)
  if (traceId !== '' && spanId !== '') return { traceId, spanId }
  if (body.kind === VALUE.map) {
    collect(reader, body.from, body.to, 10, entries)
    traceId ||= idIn(reader, entries, TRACE_KEY_BYTES, 32)
    spanId ||= idIn(reader, entries, SPAN_KEY_BYTES, 16)
  } else if (body.kind === VALUE.string) {
    const json = jsonBody(reader.bytes, body)
    if (json !== null) {
      traceId ||= firstId(json, TRACE_KEYS, 32)
      spanId ||= firstId(json, SPAN_KEYS, 16)
    }
  }
  return { traceId, spanId }
}

function idIn(reader: WireReader, list: Ranges, keys: readonly Uint8Array[], length: number): string {
  if (list.length === 0) return ''
  for (const key of keys) {
    const value = findAttribute(reader, list, key)
    if (value === null || value.kind !== VALUE.string || value.to - value.from !== length) continue
    const id = asId(decoder.decode(reader.bytes.subarray(value.from, value.to)), length)
    if (id !== '') return id
  }
  return ''
}

function jsonBody(bytes: Uint8Array, body: ScannedValue): Readonly<Record<string, unknown>> | null {
  let start = body.from
  while (start < body.to && bytes[start]! <= 32) start++
  if (start === body.to || bytes[start] !== OPEN_BRACE || body.to - start > MAX_JSON_BODY) return null
  const text = decoder.decode(bytes.subarray(start, body.to))
  if (!/trace[._]?id|span[._]?id/i.test(text)) return null
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function firstId(json: Readonly<Record<string, unknown>>, keys: readonly string[], length: number): string {
  for (const key of keys) {
    const value = json[key]
    if (typeof value !== 'string') continue
    const id = asId(value, length)
    if (id !== '') return id
  }
  return ''
}

function asId(text: string, length: number): string {
  return text.length === length && /^[0-9a-f]+$/i.test(text) && !/^0+$/.test(text) ? text.toLowerCase() : ''
}
