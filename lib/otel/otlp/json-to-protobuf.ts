import { MAX_VALUE_DEPTH } from './any-value'
import type { Signal } from './decoded'
import {
  EXPECTED,
  JsonShapeError,
  parseBase64,
  parseDouble,
  parseEnum,
  parseId,
  parseInt32,
  parseInt64,
} from './json-values'
import { parseJson } from './parse-json'
import { ProtoWriter } from './proto-writer'
import { type Field, MESSAGES, type ScalarType } from './schema'

const ROOTS: Readonly<Record<Signal, string>> = {
  traces: 'TracesRequest',
  logs: 'LogsRequest',
  metrics: 'MetricsRequest',
}

/**
 * Rewrites an OTLP/JSON request as protobuf, so that both encodings share one mapping to rows.
 * Unknown fields are left out; null is an absent field.
 * @throws JsonShapeError naming the field, when the JSON is broken or a value has the wrong kind
 */
export function jsonToProtobuf(signal: Signal, body: Uint8Array): Uint8Array {
  return encodeMessage(ROOTS[signal], parseJson(body))
}

/** For tests and tools: any message of the schema. */
export function encodeMessage(message: string, value: unknown): Uint8Array {
  const encoder = new Encoder()
  encoder.message(message, value)
  return encoder.writer.take()
}

class Encoder {
  readonly writer = new ProtoWriter(64 * 1024)
  /** Names and indexes from the root to the value at hand. */
  private readonly path: (string | number)[] = []
  /** Arrays and maps around the value at hand. */
  private depth = 0

  message(name: string, value: unknown): void {
    if (typeof value !== 'object' || Array.isArray(value)) throw this.wrong('an object')
    if (value === null) return
    const fields = MESSAGES[name]!
    const nesting = name === 'ArrayValue' || name === 'KeyValueList'
    // One level more than is allowed is enough for the mapping to reject the record.
    if (nesting && ++this.depth > MAX_VALUE_DEPTH + 1) {
      this.depth--
      return
    }
    for (const key of Object.keys(value)) {
      const field = fields.get(key)
      if (field === undefined) continue
      const member = (value as Readonly<Record<string, unknown>>)[key]
      if (member === null || member === undefined) continue
      this.path.push(key)
      if (field.repeated) this.repeated(field, member)
      else this.single(field, member)
      this.path.pop()
    }
    if (nesting) this.depth--
  }

  private repeated(field: Field, values: unknown): void {
    if (!Array.isArray(values)) throw this.wrong('an array')
    const packed = typeof field.type === 'string' ? this.writer.begin(field.number) : null
    for (let i = 0; i < values.length; i++) {
      this.path.push(i)
      if (typeof field.type === 'string') this.packed(field.type, values[i])
      else this.single(field, values[i])
      this.path.pop()
    }
    if (packed !== null) this.writer.end(packed)
  }

  private packed(type: ScalarType, value: unknown): void {
    if (type === 'double') this.writer.double(this.need(parseDouble(value), type))
    else {
      const { lo, hi } = this.need(parseInt64(value, false), type)
      if (type === 'fixed64') this.writer.fixed64(lo, hi)
      else this.writer.varint(lo, hi)
    }
  }

  private single(field: Field, value: unknown): void {
    const { number, type } = field
    const { writer } = this
    if (typeof type === 'object') {
      const mark = writer.begin(number)
      this.message(type.message, value)
      writer.end(mark)
      return
    }
    switch (type) {
      case 'string':
        if (typeof value !== 'string') throw this.wrong(EXPECTED.string)
        writer.stringField(number, value)
        break
      case 'id':
        writer.bytesField(number, parseId(value))
        break
      case 'bytes':
        writer.bytesField(number, this.need(parseBase64(value), type))
        break
      case 'double':
        writer.doubleField(number, this.need(parseDouble(value), type))
        break
      case 'bool':
        if (typeof value !== 'boolean') throw this.wrong(EXPECTED.bool)
        writer.varintField(number, value ? 1 : 0, 0)
        break
      case 'enum': {
        const code = this.need(parseEnum(value), type)
        writer.varintField(number, code, code < 0 ? -1 : 0)
        break
      }
      case 'uint32':
        writer.varintField(number, this.need(parseInt32(value), type), 0)
        break
      case 'sint32': {
        const signed = this.need(parseInt32(value), type)
        writer.varintField(number, (signed << 1) ^ (signed >> 31), 0)
        break
      }
      case 'fixed32':
        writer.fixed32Field(number, this.need(parseInt32(value), type))
        break
      case 'int64':
      case 'uint64': {
        const { lo, hi } = this.need(parseInt64(value, type === 'int64'), type)
        writer.varintField(number, lo, hi)
        break
      }
      case 'fixed64':
      case 'sfixed64': {
        const { lo, hi } = this.need(parseInt64(value, type === 'sfixed64'), type)
        writer.fixed64Field(number, lo, hi)
        break
      }
    }
  }

  private need<T>(value: T | null, type: ScalarType): T {
    if (value === null) throw this.wrong(EXPECTED[type])
    return value
  }

  private wrong(expected: string): JsonShapeError {
    const where = this.path.reduce<string>(
      (text, part) =>
        typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`,
      '',
    )
    return new JsonShapeError(`${where === '' ? 'the body' : where} has to be ${expected}`)
  }
}
