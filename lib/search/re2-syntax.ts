/**
 * Checks a pattern against RE2's syntax (https://github.com/google/re2/wiki/Syntax), so that a bad one is an
 * error with a position before anything runs. JavaScript's own engine accepts other things: look-around and
 * back-references, which RE2 has not.
 * @returns what is wrong, or null.
 */
export function checkRegex(pattern: string): string | null {
  return new Re2Checker(pattern).check()
}

const MAX_REPEAT = 1000
const MAX_NESTING = 500
const PERL_CLASS = 'dDsSwW'
/** `\C`, `\Q…\E`, `\p…`, `\x…` and octal are read separately. */
const ESCAPES = 'AbBzafnrtvC'
const POSIX =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/

class Re2Checker {
  private at = 0
  /** For the pattern and each open group: how often its most repeated part may stand in a row. */
  private readonly repeats = [1]
  /** The same for what was read last. */
  private last = 1
  private readonly names = new Set<string>()

  constructor(private readonly pattern: string) {}

  check(): string | null {
    let repeatable = false
    while (this.at < this.pattern.length) {
      const char = this.pattern[this.at]!
      if (char === '(') {
        const problem = this.open()
        if (problem) return problem
        repeatable = false
      } else if (char === ')') {
        if (this.repeats.length === 1) return 'a ) too many'
        this.last = this.repeats.pop()!
        this.note()
        this.at++
        repeatable = true
      } else if (char === '|') {
        this.at++
        repeatable = false
      } else if (this.isRepeat()) {
        if (!repeatable) return `nothing to repeat before ${char}`
        const problem = this.repeat()
        if (problem) return problem
      } else {
        const problem = char === '[' ? this.charClass() : char === '\\' ? this.escape(false) : this.skip()
        if (problem) return problem
        this.last = 1
        repeatable = true
      }
    }
    return this.repeats.length > 1 ? 'a ( is not closed' : null
  }

  private note(): void {
    const top = this.repeats.length - 1
    this.repeats[top] = Math.max(this.repeats[top]!, this.last)
  }

  private skip(): null {
    this.at++
    return null
  }

  private open(): string | null {
    const rest = this.pattern.slice(this.at)
    if (!rest.startsWith('(?')) {
      this.at++
    } else {
      const named = /^\(\?P?<(\w+)>/.exec(rest)
      const flags = /^\(\?([imsU]*(?:-[imsU]+)?)([:)])/.exec(rest)
      if (named) {
        if (this.names.has(named[1]!)) return `the group name ${named[1]} is used twice`
        this.names.add(named[1]!)
        this.at += named[0].length
      } else if (flags) {
        this.at += flags[0].length
        // `(?i)` sets flags for what follows and opens nothing.
        if (flags[2] === ')') return flags[1] === '' ? 'the group (?) is empty' : null
      } else {
        return `${rest.slice(0, 3)} is not known to RE2`
      }
    }
    this.repeats.push(1)
    return this.repeats.length > MAX_NESTING ? 'nested too deep' : null
  }

  private isRepeat(): boolean {
    const char = this.pattern[this.at]!
    return '*+?'.includes(char) || (char === '{' && REPEAT.test(this.pattern.slice(this.at, this.at + 32)))
  }

  private repeat(): string | null {
    let count = 0
    for (; this.at < this.pattern.length && this.isRepeat(); count++) {
      // RE2 refuses `a**` and `a+{2}`, but takes the lazy `a*?`.
      if (count > 0) return 'a repetition follows a repetition'
      const counted = REPEAT.exec(this.pattern.slice(this.at, this.at + 32))
      if (counted) {
        const low = Number(counted[1])
        const high = counted[2] === undefined ? low : counted[3] === '' ? low : Number(counted[3])
        if (low > MAX_REPEAT || high > MAX_REPEAT || low > high) return `the repetition ${counted[0]}`
        // RE2 multiplies what is nested: (a{100}){100} is too much.
        this.last *= Math.max(high, 1)
        if (this.last > MAX_REPEAT) return `the repetition ${counted[0]} of a repetition`
        this.note()
        this.at += counted[0].length
      } else {
        this.at++
      }
      if (this.pattern[this.at] === '?') this.at++
    }
    return null
  }

  private charClass(): string | null {
    const start = this.at
    this.at++
    if (this.pattern[this.at] === '^') this.at++
    // A ] right behind the [ is a member.
    for (let first = true; this.pattern[this.at] !== ']' || first; first = false) {
      if (this.at >= this.pattern.length) return 'a [ is not closed'
      if (this.pattern.startsWith('[:', this.at) && this.pattern.includes(':]', this.at + 2)) {
        const name = POSIX.exec(this.pattern.slice(this.at))
        if (!name) return 'an unknown character class'
        this.at += name[0].length
        continue
      }
      const low = this.member()
      if (typeof low === 'string') return low
      if (
        this.pattern[this.at] === '-' &&
        this.pattern[this.at + 1] !== ']' &&
        this.at + 1 < this.pattern.length
      ) {
        this.at++
        const high = this.member()
        if (typeof high === 'string') return high
        if (low.code === null || high.code === null || low.code > high.code) {
          return `the range in ${this.pattern.slice(start, this.at)}`
        }
      }
    }
    this.at++
    return null
  }

  /** One member of a class; code null when it is a class itself, or not one plain character. */
  private member(): { code: number | null } | string {
    const start = this.at
    if (this.pattern[start] === '\\') {
      const problem = this.escape(true)
      if (problem) return problem
      const text = this.pattern.slice(start, this.at)
      return { code: escapeCode(text) }
    }
    const code = this.pattern.codePointAt(start)
    if (code === undefined) return 'a [ is not closed'
    this.at += code > 0xffff ? 2 : 1
    return { code }
  }

  private escape(inClass: boolean): string | null {
    const rest = this.pattern.slice(this.at)
    const char = rest[1]
    if (char === undefined) return 'a \\ at the end'
    if (char === 'Q' && !inClass) {
      const end = rest.indexOf('\\E', 2)
      this.at += end === -1 ? rest.length : end + 2
      return null
    }
    const property = /^\\[pP](?:\{\^?\w+\}|[A-Za-z])/.exec(rest)
    const hex = /^\\x(?:[0-9A-Fa-f]{2}|\{[0-9A-Fa-f]{1,6}\})/.exec(rest)
    const octal = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)
    const known = property ?? hex ?? octal
    if (known) {
      if (hex && escapeCode(hex[0])! > 0x10ffff) return `${hex[0]} is no character`
      if (property && !isProperty(property[0])) return `${property[0]} is no known class`
      this.at += known[0].length
      return null
    }
    const allowed = PERL_CLASS.includes(char) || (inClass ? 'afnrtv' : ESCAPES).includes(char)
    const isPunctuation = char.charCodeAt(0) < 0x80 ? !/\w/.test(char) || char === '_' : false
    if (!allowed && !isPunctuation) return `the escape \\${char} is not known to RE2`
    this.at += 2
    return null
  }
}

const REPEAT = /^\{(\d+)(,(\d*))?\}/

function isProperty(text: string): boolean {
  const name = text.slice(2).replace(/^\{\^?|\}$/g, '')
  if (name === 'Any') return true
  try {
    // RE2 takes general categories and scripts by their short or full name, as JavaScript does.
    new RegExp(name.length <= 2 ? `\\p{${name}}` : `\\p{Script=${name}}`, 'u')
    return true
  } catch {
    return false
  }
}

function escapeCode(text: string): number | null {
  const hex = /^\\x\{?([0-9A-Fa-f]+)\}?$/.exec(text)
  if (hex) return Number.parseInt(hex[1]!, 16)
  if (/^\\[0-7]+$/.test(text)) return Number.parseInt(text.slice(1), 8)
  if (text.length !== 2 || 'dDsSwWpP'.includes(text[1]!)) return null
  const control = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }[text[1]!]
  return control ?? text.charCodeAt(1)
}
