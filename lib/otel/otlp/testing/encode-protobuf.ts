import protobuf from 'protobufjs'
import type { Signal } from '../decoded'
import { MESSAGES } from '../schema'
import type { RequestJson } from './otlp-json'

const TYPE_NAMES: Readonly<Record<string, string>> = { id: 'bytes', enum: 'int32' }

/** The OTLP messages as protobufjs types: an encoder that is not ours. */
const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(MESSAGES).map(([name, fields]) => [
      name,
      {
        // Members of a oneof are written even when they hold a default.
        ...(name === 'AnyValue' ? { oneofs: { value: { oneof: Array.from(fields.keys()) } } } : {}),
        fields: Object.fromEntries(
          Array.from(fields, ([field, { number, type, repeated }]) => [
            field,
            {
              id: number,
              type: typeof type === 'object' ? type.message : (TYPE_NAMES[type] ?? type),
              ...(repeated ? { rule: 'repeated' } : {}),
            },
          ]),
        ),
      },
    ]),
  ),
})

const ROOTS: Readonly<Record<Signal, string>> = {
  traces: 'TracesRequest',
  logs: 'LogsRequest',
  metrics: 'MetricsRequest',
}

/** Encodes an OTLP/JSON request as protobuf with protobufjs. */
export function encodeProtobuf(signal: Signal, request: RequestJson): Uint8Array<ArrayBuffer> {
  const type = root.lookupType(ROOTS[signal])
  return Uint8Array.from(type.encode(type.fromObject(bytesFromText(request, ''))).finish())
}

/** protobufjs wants bytes for ids, and numbers for doubles. */
function bytesFromText(value: unknown, key: string): never {
  return convert(value, key) as never
}

function convert(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item) => convert(item, key))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, convert(member, name)]))
  }
  if (typeof value !== 'string') return value
  if (/^(traceId|spanId|parentSpanId)$/.test(key)) {
    return /^([0-9a-f]{2})*$/i.test(value) ? Buffer.from(value, 'hex') : Buffer.alloc(1)
  }
  if (key === 'bytesValue') return Buffer.from(value, 'base64')
  if (/^(doubleValue|asDouble|sum|min|max|value|explicitBounds|zeroThreshold)$/.test(key))
    return Number(value)
  return value
}
