import { MAX_VALUE_DEPTH } from './any-value'
import type { Signal } from './decoded'
import { JsonReader } from './json-reader'
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
  return transcode(ROOTS[signal], body)
}

/** For tests and tools: any message of the schema, from its JSON form. */
export function encodeMessage(message: string, value: unknown): Uint8Array {
  return transcode(message, new TextEncoder().encode(JSON.stringify(value)))
}

function transcode(message: string, body: Uint8Array): Uint8Array {
  const encoder = new Encoder(new JsonReader(body), body.length)
  encoder.message(message)
  encoder.reader.end()
  return encoder.writer.take()
}

class Encoder {
  readonly writer: ProtoWriter
  /** Names and indexes from the root to the value at hand. */
  private readonly path: (string | number)[] = []
  /** Arrays and maps around the value at hand. */
  private depth = 0

  constructor(
    readonly reader: JsonReader,
    size: number,
  ) {
    this.writer = new ProtoWriter(size + 64)
  }

  message(name: string): void {
    const { reader } = this
    if (!reader.atObject) throw this.wrong('an object')
    const fields = MESSAGES[name]!
    const nesting = name === 'ArrayValue' || name === 'KeyValueList'
    // One level more than is allowed is enough for the mapping to reject the record.
    if (nesting && this.depth > MAX_VALUE_DEPTH) {
      reader.skip()
      return
    }
    if (nesting) this.depth++
    reader.object((key) => {
      const field = fields.get(key)
      if (field === undefined) {
        reader.skip()
        return
      }
      this.path.push(key)
      this.member(field)
      this.path.pop()
    })
    if (nesting) this.depth--
  }

  private member(field: Field): void {
    const { reader } = this
    const { type } = field
    if (reader.atNull) reader.skip()
    else if (field.repeated) this.repeated(field)
    else if (typeof type === 'object') this.nested(field.number, type.message)
    else this.single(field.number, type)
  }

  private repeated({ number, type }: Field): void {
    const { reader, writer } = this
    if (!reader.atArray) throw this.wrong('an array')
    const packed = typeof type === 'string' ? writer.begin(number) : null
    reader.array((index) => {
      this.path.push(index)
      if (typeof type === 'string') this.packed(type, this.value(type))
      else this.nested(number, type.message)
      this.path.pop()
    })
    if (packed !== null) writer.end(packed)
  }

  private nested(number: number, message: string): void {
    const mark = this.writer.begin(number)
    if (this.reader.atNull) this.reader.skip()
    else this.message(message)
    this.writer.end(mark)
  }

  private packed(type: ScalarType, value: unknown): void {
    if (type === 'double') this.writer.double(this.need(parseDouble(value), type))
    else {
      const { lo, hi } = this.need(parseInt64(value, false), type)
      if (type === 'fixed64') this.writer.fixed64(lo, hi)
      else this.writer.varint(lo, hi)
    }
  }

  /** The scalar that comes next. An object or array in its place is an invalid id, or an error. */
  private value(type: ScalarType): unknown {
    const { reader } = this
    if (!reader.atObject && !reader.atArray) return reader.scalar()
    if (type !== 'id') throw this.wrong(EXPECTED[type])
    reader.skip()
    return null
  }

  private single(number: number, type: ScalarType): void {
    const { writer } = this
    const plain = type === 'string' ? this.reader.plainString() : null
    if (plain !== null) {
      writer.bytesField(number, this.reader.bytes.subarray(plain.from, plain.to))
      return
    }
    const value = this.value(type)
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
