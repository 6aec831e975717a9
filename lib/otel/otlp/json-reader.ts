import { JsonShapeError } from './json-values'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const ascii = new TextDecoder('latin1')

/**
 * Reads JSON from its bytes, value by value, without building it: JSON.parse makes up to forty times the memory of
 * its text, enough for one hostile body to end the process.
 */
export class JsonReader {
  pos = 0

  constructor(readonly bytes: Uint8Array) {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.pos = 3
  }

  /** The next byte that is not white space; NaN at the end. */
  peek(): number {
    const { bytes } = this
    for (;;) {
      const byte = bytes[this.pos]
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) this.pos++
      else return byte ?? Number.NaN
    }
  }

  get atObject(): boolean {
    return this.peek() === OPEN_OBJECT
  }

  get atArray(): boolean {
    return this.peek() === OPEN_ARRAY
  }

  get atNull(): boolean {
    return this.peek() === 0x6e
  }

  /** Reads an object: `member` is called with each key and has to read its value. */
  object(member: (key: string) => void): void {
    this.expect(OPEN_OBJECT, 'an object')
    if (this.take(CLOSE_OBJECT)) return
    do {
      const key = this.string()
      this.expect(COLON, 'a colon')
      member(key)
    } while (this.take(COMMA))
    this.expect(CLOSE_OBJECT, 'a comma or the end of the object')
  }

  /** Reads an array: `element` is called for each element and has to read it. */
  array(element: (index: number) => void): void {
    this.expect(OPEN_ARRAY, 'an array')
    if (this.take(CLOSE_ARRAY)) return
    let index = 0
    do element(index++)
    while (this.take(COMMA))
    this.expect(CLOSE_ARRAY, 'a comma or the end of the array')
  }

  /** A string, number, true, false or null. Integers too large for a double come as the string of their digits. */
  scalar(): string | number | boolean | null {
    const byte = this.peek()
    if (byte === QUOTE) return this.string()
    if (byte === 0x74) return this.word('true', true)
    if (byte === 0x66) return this.word('false', false)
    if (byte === 0x6e) return this.word('null', null)
    return this.number()
  }

  string(): string {
    const from = this.pos
    const escaped = this.scanString()
    const { bytes, pos } = this
    if (!escaped) return decoder.decode(bytes.subarray(this.stringFrom, pos - 1))
    try {
      return JSON.parse(decoder.decode(bytes.subarray(from, pos)).trimStart()) as string
    } catch {
      throw this.broken('a bad escape in a string', from)
    }
  }

  /** Passes over a string without escapes and says where its bytes are; null (and nothing read) for another value. */
  plainString(): { readonly from: number; readonly to: number } | null {
    if (this.peek() !== QUOTE) return null
    const start = this.pos
    if (this.scanString()) {
      this.pos = start
      return null
    }
    return { from: this.stringFrom, to: this.pos - 1 }
  }

  /** Passes over any value, however deep, and checks that it is JSON. */
  skip(): void {
    const closers: number[] = []
    for (;;) {
      const open = this.peek()
      const isObject = open === OPEN_OBJECT
      if (isObject || open === OPEN_ARRAY) {
        this.pos++
        const closer = isObject ? CLOSE_OBJECT : CLOSE_ARRAY
        if (!this.take(closer)) {
          closers.push(closer)
          if (isObject) this.key()
          continue
        }
      } else this.scalar()
      while (closers.length > 0 && this.take(closers[closers.length - 1]!)) closers.pop()
      if (closers.length === 0) return
      this.expect(COMMA, 'a comma')
      if (closers[closers.length - 1] === CLOSE_OBJECT) this.key()
    }
  }

  /** @throws JsonShapeError when anything but white space is left */
  end(): void {
    if (!Number.isNaN(this.peek())) throw this.broken('text after the end', this.pos)
  }

  private stringFrom = 0

  /** Moves behind a string; true when it has escapes. */
  private scanString(): boolean {
    this.expect(QUOTE, 'a string')
    const { bytes } = this
    let escaped = false
    let { pos } = this
    this.stringFrom = pos
    for (;;) {
      const byte = bytes[pos++]
      if (byte === QUOTE) break
      if (byte === undefined) throw this.broken('an unfinished string', this.stringFrom)
      if (byte < 0x20) throw this.broken('a control character in a string', pos - 1)
      if (byte === BACKSLASH) {
        escaped = true
        pos++
      }
    }
    this.pos = pos
    return escaped
  }

  private key(): void {
    this.scanString()
    this.expect(COLON, 'a colon')
  }

  private number(): string | number {
    const from = this.pos
    const { bytes } = this
    let { pos } = this
    for (;;) {
      const byte = bytes[pos]
      const digit = byte !== undefined && byte >= 0x30 && byte <= 0x39
      if (!digit && byte !== 0x2d && byte !== 0x2b && byte !== 0x2e && byte !== 0x65 && byte !== 0x45) break
      pos++
    }
    const text = ascii.decode(bytes.subarray(from, pos))
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) throw this.broken('no value', from)
    this.pos = pos
    return text.length > 15 && /^-?\d+$/.test(text) ? text : Number(text)
  }

  private word<T>(word: string, value: T): T {
    const to = this.pos + word.length
    if (ascii.decode(this.bytes.subarray(this.pos, to)) !== word) throw this.broken('no value', this.pos)
    this.pos = to
    return value
  }

  private take(byte: number): boolean {
    if (this.peek() !== byte) return false
    this.pos++
    return true
  }

  private expect(byte: number, what: string): void {
    if (!this.take(byte)) throw this.broken(`not ${what}`, this.pos)
  }

  private broken(what: string, at: number): JsonShapeError {
    return new JsonShapeError(`the body is not valid JSON: ${what} at byte ${at}`)
  }
}
