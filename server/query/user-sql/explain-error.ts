/** What ClickHouse says about a person's SQL, shortened to what is wrong, where, and what to do. */

export interface SqlMistake {
  readonly message: string
  readonly hint?: string
  /** Half-open, in UTF-16 units of the text as the person wrote it. */
  readonly position?: { readonly from: number; readonly to: number }
}

const UNKNOWN_IDENTIFIER = 47
const UNKNOWN_FUNCTION = 46
const ILLEGAL_AGGREGATION = 184

/** A mistake that only shows when the statement runs. `message` is already free of the engine's insides. */
export function explainSqlError(code: number, message: string, text: string | undefined): SqlMistake {
  const place = text === undefined ? undefined : namedPlace(message, text)
  const position = place ? { position: place } : {}
  const name = /[`']([^`']+)[`']/.exec(message)?.[1]
  const similar = /Maybe you meant: \['([^']+)'/.exec(message)?.[1]
  if (code === UNKNOWN_IDENTIFIER && name !== undefined) {
    return {
      message: `There is no column ${name}.${similar === undefined ? '' : ` Did you mean ${similar}?`}`,
      hint: `Text stands in single quotes: '${name}'. An attribute: SpanAttributes['key'] or ResourceAttributes['key'].`,
      ...position,
    }
  }
  if (code === UNKNOWN_FUNCTION && name !== undefined) {
    return {
      message: `There is no function ${name}.${similar === undefined ? '' : ` Did you mean ${similar}?`}`,
      ...position,
    }
  }
  if (code === ILLEGAL_AGGREGATION) {
    return {
      message: 'A condition looks at one record at a time: it cannot count or add up.',
      hint: 'Compare columns, such as Duration > 1000000000.',
      ...position,
    }
  }
  return { message, ...position }
}

/** A mistake that the engine's parser found at `at`, an offset in `text`. */
export function explainSyntaxError(engineMessage: string, text: string, at: number | undefined): SqlMistake {
  const position =
    at === undefined ? {} : { position: { from: Math.min(at, text.length), to: wordEnd(text, at) } }
  if (/^\s*(select|with|where)\b/i.test(text)) {
    const word = /\w+/.exec(text)?.[0].length ?? 0
    const from = text.search(/\S/)
    return {
      message: 'Only the condition is written here, without SELECT, FROM or WHERE.',
      hint: "For example: ServiceName = 'cart' AND Duration > 1000000000",
      position: { from, to: from + word },
    }
  }
  if (/unmatched parenthes/i.test(engineMessage))
    return { message: 'A parenthesis is not closed or not opened.', ...position }
  if (/quoted string is not closed|unclosed|unterminated/i.test(engineMessage)) {
    return { message: 'A quote is not closed.', ...position }
  }
  if (at !== undefined && text.slice(at).trim() === '') {
    return { message: 'The condition ends too early: something is missing at the end.', ...position }
  }
  const word = at === undefined ? '' : text.slice(at, wordEnd(text, at)).trim()
  return {
    message: word === '' ? 'The SQL cannot be read.' : `The SQL cannot be read from “${word}” on.`,
    ...position,
  }
}

/** Where the name or text that the message is about stands in what the person wrote. */
function namedPlace(message: string, text: string): { from: number; to: number } | undefined {
  const about = message.replace(/Maybe you meant[\s\S]*$/, '')
  const names = [...about.matchAll(/[`']([^`']{1,200})[`']|(\w+)(?=\()/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  for (const name of names) {
    const found = new RegExp(`(?<![\\w.])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`).exec(text)
    if (found) return { from: found.index, to: found.index + name.length }
  }
  return undefined
}

function wordEnd(text: string, at: number): number {
  const word = /^(\w+|\s*\S)/.exec(text.slice(at))?.[0].length ?? 0
  return Math.min(text.length, at + Math.max(word, 1))
}
