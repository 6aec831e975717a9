import { JsonShapeError } from './json-values'

const decoder = new TextDecoder()
/** An integer of 16 digits and more may be above 2^53. */
const BIG_INTEGER = /[[:,\s-]\d{16}/
const QUOTE = 0x22
const BACKSLASH = 0x5c
const MINUS = 0x2d

/**
 * JSON.parse, except that integers too large for a double come out as strings of their digits.
 * @throws JsonShapeError
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decoder.decode(bytes)
  try {
    return JSON.parse(BIG_INTEGER.test(text) ? quoteBigIntegers(text) : text)
  } catch (error) {
    throw new JsonShapeError(
      `the body is not valid JSON: ${error instanceof Error ? clean(error.message) : 'broken'}`,
    )
  }
}

/** V8 repeats a part of the input in its message: keep that printable and short. */
function clean(message: string): string {
  return message.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 200)
}

function quoteBigIntegers(text: string): string {
  const parts: string[] = []
  let copied = 0
  let i = 0
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      i = endOfString(text, i)
    } else if (isDigit(code)) {
      const from = text.charCodeAt(i - 1) === MINUS ? i - 1 : i
      while (isDigit(text.charCodeAt(i))) i++
      // A fraction or an exponent makes it a double.
      if (/[.eE]/.test(text.charAt(i))) i = endOfNumber(text, i)
      else if (i - from >= 16) {
        parts.push(text.slice(copied, from), '"', text.slice(from, i), '"')
        copied = i
      }
    } else i++
  }
  parts.push(text.slice(copied))
  return parts.join('')
}

function endOfString(text: string, start: number): number {
  let i = start + 1
  for (;;) {
    const quote = text.indexOf('"', i)
    if (quote < 0) return text.length
    let slashes = 0
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return quote + 1
    i = quote + 1
  }
}

function endOfNumber(text: string, start: number): number {
  let i = start
  while (/[-+.eE\d]/.test(text.charAt(i))) i++
  return i
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
