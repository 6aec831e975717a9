import type { Glob, Wildcard } from './ast'
import { isUrl, stepAt } from './characters'

export const ANY: Wildcard = { wild: '*' }
export const ONE: Wildcard = { wild: '?' }

/** Reads escapes and wildcards. In a URL `?` is a question mark: `https://a.b/c?d=1`. */
export function parseGlob(raw: string): Glob {
  const parts: (string | Wildcard)[] = []
  const url = isUrl(raw)
  let literal = ''
  const flush = () => {
    if (literal !== '') parts.push(literal)
    literal = ''
  }
  for (let at = 0; at < raw.length; ) {
    const step = stepAt(raw, at)
    const char = raw[at + step - 1]!
    at += step
    const wild = step === 1 && (char === '*' || (char === '?' && !url))
    if (!wild) {
      literal += char
      continue
    }
    flush()
    const last = parts.at(-1)
    if (char === '?') parts.push(ONE)
    else if (last !== ANY) parts.push(ANY)
  }
  flush()
  return parts
}

export function hasWildcards(glob: Glob): boolean {
  return glob.some((part) => typeof part !== 'string')
}

/** True for `*`: anything at all. */
export function isAnything(glob: Glob): boolean {
  return glob.length === 1 && glob[0] === ANY
}
