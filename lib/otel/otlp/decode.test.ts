import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Decoded, SIGNALS, type Signal } from './decoded'
import { jsonToProtobuf } from './json-to-protobuf'
import { decodeLogs } from './logs'
import { decodeMetrics } from './metrics'
import { readRows } from './row-reader'
import { decodeTraces } from './spans'
import { ARBITRARY_REQUESTS } from './testing/arbitrary-requests'
import { encodeProtobuf } from './testing/encode-protobuf'
import type { RequestJson } from './testing/otlp-json'
import { referenceRows } from './testing/reference-mapping'
import { WireError } from './wire-reader'

const DECODERS = { traces: decodeTraces, logs: decodeLogs, metrics: decodeMetrics }
const clock = { nowMs: Date.UTC(2026, 10, 20), oldestMs: Date.UTC(2026, 10, 13) }

/** All rows with their table, sorted: rows of one request may come in chunks of any order. */
function rowsOf(decoded: Decoded): string[] {
  return decoded.chunks
    .flatMap((chunk) => readRows(chunk.table, chunk.bytes).map((row) => show({ table: chunk.table, row })))
    .sort()
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'bigint' || (typeof v === 'number' && !Number.isFinite(v)) || Object.is(v, -0)
      ? `${typeof v} ${Object.is(v, -0) ? '-0' : v}`
      : v,
  )
}

function sortedKeys({ table, row }: { table: string; row: object }) {
  return { table, row: Object.fromEntries(Object.entries(row)) }
}

function decodeJson(signal: Signal, request: RequestJson): Decoded {
  return DECODERS[signal](jsonToProtobuf(signal, new TextEncoder().encode(JSON.stringify(request))), clock)
}

describe.each(SIGNALS)('%s', { timeout: 30_000 }, (signal) => {
  test('JSON and protobuf of any request give the rows of the reference mapping', () => {
    fc.assert(
      fc.property(ARBITRARY_REQUESTS[signal], (request) => {
        const expected = referenceRows(signal, request, clock.nowMs).map(sortedKeys)
        const wire = rowsOf(DECODERS[signal](encodeProtobuf(signal, request), clock))
        expect(wire).toEqual(expected.map((row) => show(row)).sort())
        expect(rowsOf(decodeJson(signal, request))).toEqual(wire)
      }),
      { numRuns: 100 },
    )
  })

  test('broken bytes are refused or read as whole rows, never anything else', () => {
    const mutation = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.option(fc.nat()) })
    fc.assert(
      fc.property(ARBITRARY_REQUESTS[signal], fc.array(mutation, { maxLength: 4 }), (request, mutations) => {
        let bytes = encodeProtobuf(signal, request)
        for (const { at, byte, cut } of mutations) {
          if (bytes.length > 0) bytes[at % bytes.length] = byte
          if (cut !== null) bytes = bytes.slice(0, cut % (bytes.length + 1))
        }
        expectRowsOrRefusal(signal, bytes)
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectRowsOrRefusal(signal, bytes)),
      { numRuns: 500 },
    )
  })
})

function expectRowsOrRefusal(signal: Signal, bytes: Uint8Array): void {
  let decoded: Decoded
  try {
    decoded = DECODERS[signal](bytes, clock)
  } catch (error) {
    expect(error).toBeInstanceOf(WireError)
    return
  }
  for (const chunk of decoded.chunks) {
    expect(readRows(chunk.table, chunk.bytes)).toHaveLength(chunk.rows)
    expect(chunk.ends.at(-1)).toBe(chunk.bytes.length)
  }
}
