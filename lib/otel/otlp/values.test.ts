import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonReader } from './json-reader'
import { parseBase64, parseDouble, parseEnum, parseId, parseInt64 } from './json-values'
import { base64Text, doubleText, int64Number, int64Text } from './number-text'
import { ProtoWriter } from './proto-writer'
import { RowWriter } from './row-writer'
import { isValidUtf8 } from './utf8'
import { WireError, WireReader } from './wire-reader'

const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(
    0n,
    -1n,
    2n ** 53n,
    2n ** 53n + 1n,
    -(2n ** 53n) - 1n,
    -(2n ** 32n),
    2n ** 32n,
    -(2n ** 63n),
  ),
)

function halves(value: bigint) {
  const bits = BigInt.asUintN(64, value)
  return { lo: Number(bits & 0xffffffffn), hi: Number(bits >> 32n) }
}

describe('64-bit integers', () => {
  test('as text and as the nearest double', () => {
    fc.assert(
      fc.property(int64, (value) => {
        const { lo, hi } = halves(value)
        expect(int64Text(lo, hi)).toBe(value.toString())
        expect(int64Number(lo, hi)).toBe(Number(value))
      }),
    )
  })

  test('come through varints unchanged', () => {
    fc.assert(
      fc.property(int64, (value) => {
        const { lo, hi } = halves(value)
        const writer = new ProtoWriter(1)
        writer.varint(lo, hi)
        const reader = new WireReader(writer.take())
        reader.varint()
        expect([reader.lo, reader.hi]).toEqual([lo, hi])
      }),
    )
  })

  test('from JSON: strings, and numbers, but no fractions and nothing too large', () => {
    fc.assert(
      fc.property(int64, (value) => {
        expect(parseInt64(value.toString(), true)).toEqual(halves(value))
      }),
    )
    expect(parseInt64(42, true)).toEqual({ lo: 42, hi: 0 })
    expect(parseInt64(1.7e18, false)).toEqual(halves(1_700_000_000_000_000_000n))
    for (const wrong of [1.5, '1.5', '', 'x', '0x10', null, true, {}, '18446744073709551616']) {
      expect(parseInt64(wrong, false)).toBeNull()
    }
    expect(parseInt64('-1', false)).toBeNull()
    expect(parseInt64('9223372036854775808', true)).toBeNull()
  })
})

test('other JSON values', () => {
  expect(['NaN', 'Infinity', '-Infinity', '1.5', 2].map(parseDouble)).toEqual([
    NaN,
    Infinity,
    -Infinity,
    1.5,
    2,
  ])
  expect(parseDouble('one')).toBeNull()
  expect([2, 'SPAN_KIND_SERVER', 'STATUS_CODE_ERROR'].map(parseEnum)).toEqual([2, 2, 2])
  expect([1.5, 'SERVER', 'constructor', null].map(parseEnum)).toEqual([null, null, null, null])
  expect(parseId('0aFF')).toEqual(Uint8Array.of(10, 255))
  expect([parseId('0a0'), parseId('zz'), parseId(7)].map((id) => id.length)).toEqual([1, 1, 1])
  expect(parseBase64('-_8=')).toEqual(Uint8Array.of(251, 255))
  expect(parseBase64('*')).toBeNull()
})

test('doubles in their shortest form', () => {
  expect([1, 0.1, -0, 1e21, 1e-7, NaN].map(doubleText)).toEqual(['1', '0.1', '-0', '1e+21', '1e-7', 'NaN'])
})

test('base64 is the same as everybody else’s', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      expect(base64Text(bytes, 0, bytes.length)).toBe(Buffer.from(bytes).toString('base64'))
    }),
  )
})

describe('JSON', () => {
  /** The value as the reader sees it. */
  function read(reader: JsonReader): unknown {
    if (reader.atObject) {
      const entries: [string, unknown][] = []
      reader.object((key) => entries.push([key, read(reader)]))
      return Object.fromEntries(entries)
    }
    if (reader.atArray) {
      const items: unknown[] = []
      reader.array(() => items.push(read(reader)))
      return items
    }
    return reader.scalar()
  }
  function parse(text: string): unknown {
    const reader = new JsonReader(new TextEncoder().encode(text))
    const value = read(reader)
    reader.end()
    return value
  }
  function skip(text: string): void {
    const reader = new JsonReader(new TextEncoder().encode(text))
    reader.skip()
    reader.end()
  }

  test('integers beyond 2^53 keep their digits, doubles and strings are left alone', () => {
    const big =
      '{"a":1544712660300000001,"b":[-9223372036854775807, 12],"c":"x 12345678901234567 \\" \\u00e9"}'
    expect(parse(big)).toEqual({
      a: '1544712660300000001',
      b: ['-9223372036854775807', 12],
      c: 'x 12345678901234567 " é',
    })
    const doubles = '[0.12345678901234567, 12345678901234567.5, 1234567890123456789e3]'
    expect(parse(doubles)).toEqual(JSON.parse(doubles))
  })

  test('any JSON value is read as JSON.parse reads it, and can be skipped', () => {
    const json = fc.json({ noUnicodeString: false }).filter((text) => !/\d{16}|__proto__/.test(text))
    fc.assert(
      fc.property(json, (text) => {
        expect(parse(`\n ${text} `)).toEqual(JSON.parse(text))
        skip(` ${text}\t`)
      }),
    )
  })

  test('what JSON.parse refuses is refused, read or skipped', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-',
      '.5',
      'e',
      'true',
      'nul',
      ' ',
      '"',
      '\\',
      '01',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('')
        const works = (run: (text: string) => unknown) => {
          try {
            run(text)
            return true
          } catch {
            return false
          }
        }
        const valid = works(JSON.parse)
        expect(works(parse)).toBe(valid)
        // Escapes are not looked at in what nobody wants.
        if (!text.includes('\\')) expect(works(skip)).toBe(valid)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('UTF-8', () => {
  const strict = new TextDecoder('utf-8', { fatal: true })
  const byte = fc.oneof(
    fc.nat(255),
    fc.constantFrom(0xc0, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0x80, 0x9f, 0xa0, 0xbf),
  )

  test('validity is what the platform says', () => {
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 8 }), (list) => {
        const bytes = Uint8Array.from(list)
        let valid = true
        try {
          strict.decode(bytes)
        } catch {
          valid = false
        }
        expect(isValidUtf8(bytes, 0, bytes.length)).toBe(valid)
      }),
      { numRuns: 2000 },
    )
  })

  test('a broken sequence becomes U+FFFD, and a BOM stays', () => {
    for (const [bytes, text] of [
      [Uint8Array.of(97, 0xff, 98), 'a\uFFFDb'],
      [Uint8Array.of(0xef, 0xbb, 0xbf, 0xff), '\uFEFF\uFFFD'],
      [Uint8Array.of(0xe2, 0x82), '\uFFFD'],
    ] as const) {
      const writer = new RowWriter(4)
      writer.text(bytes, 0, bytes.length)
      expect(Buffer.from(writer.bytes.subarray(1, writer.pos)).toString()).toBe(text)
    }
  })
})

test('groups and unknown fields are passed over, unknown wire types are refused', () => {
  // Field 3 as a group that holds field 4 as a group; then field 1.
  const bytes = Uint8Array.of(0x1b, 0x23, 0x08, 1, 0x24, 0x1c, 0x08, 7)
  const reader = new WireReader(bytes)
  reader.skip(reader.tag(), bytes.length)
  expect(reader.tag()).toBe(8)
  expect(() => new WireReader(Uint8Array.of(0)).skip(0x0e, 1)).toThrow(WireError)
  expect(() => new WireReader(Uint8Array.of(0x1b)).skip(0x1b, 1)).toThrow(WireError)
})
