/** The characters that mean something to the search language. */

/** White space by Unicode: pasted text has no-break spaces in it. */
export function isSpace(char: string | undefined): boolean {
  if (char === undefined) return false
  const code = char.charCodeAt(0)
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  return code >= 0x80 && /^\s/.test(char)
}

/** A backslash before one of these means the character itself; before anything else it is a backslash. */
export function isEscapable(char: string | undefined): boolean {
  if (char === undefined) return false
  const code = char.charCodeAt(0)
  const lower = code | 0x20
  const isLetterOrDigit = (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39)
  return code > 0x20 && code < 0x7f ? !isLetterOrDigit : isSpace(char)
}

/** Length of what starts here: 2 for an escape, else 1. */
export function stepAt(text: string, at: number): 1 | 2 {
  return text[at] === '\\' && isEscapable(text[at + 1]) ? 2 : 1
}

/** Only ASCII punctuation, and no wildcard or escape among it: `->`, `...`, `!=`. */
export function isLonePunctuation(token: string): boolean {
  return /^[!-/:-@[-`{-~]+$/.test(token) && !/[*?\\]/.test(token)
}

export function isUrl(raw: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(raw)
}

/** Resolves escapes: `a\:b` is `a:b`. */
export function unescapeText(raw: string): string {
  if (!raw.includes('\\')) return raw
  let out = ''
  for (let at = 0; at < raw.length; ) {
    const step = stepAt(raw, at)
    out += raw[at + step - 1]
    at += step
  }
  return out
}
