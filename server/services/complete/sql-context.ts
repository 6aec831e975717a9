/** What can stand at the cursor of a condition in SQL. */
export interface SqlContext {
  readonly kind: 'column' | 'key' | 'value' | 'none'
  /** Of a key: the map. Of a value: the column, or `Map['key']`. */
  readonly field: string
  readonly prefix: string
  readonly from: number
  readonly to: number
}

const KEY = /(\w+)\[\s*'([^']*)$/
const VALUE = /(\w+(?:\['[^']*'\])?)\s*(?:=|==|!=|<>|\bI?LIKE|\bIN\s*\((?:[^()]*,)?)\s*'([^']*)$/i
const WORD = /[A-Za-z_]\w*$/

/** Looks at the text before the cursor only: half a condition cannot be parsed. */
export function sqlContext(text: string, position: number): SqlContext {
  const before = text.slice(0, position)
  const insideQuotes = (before.match(/'/g)?.length ?? 0) % 2 === 1
  if (insideQuotes) {
    const key = KEY.exec(before)
    const value = key ?? VALUE.exec(before)
    if (!value) return { kind: 'none', field: '', prefix: '', from: position, to: position }
    const prefix = value[2] ?? ''
    const rest = /^[^']*'?/.exec(text.slice(position))?.[0] ?? ''
    // A quote that opens the next text is not the end of this one.
    const closes = rest.endsWith("'") && !/\s/.test(rest)
    const to = position + (closes ? rest.length : 0)
    return { kind: key ? 'key' : 'value', field: value[1] ?? '', prefix, from: position - prefix.length, to }
  }
  const prefix = WORD.exec(before)?.[0] ?? ''
  const rest = /^\w*/.exec(text.slice(position))?.[0].length ?? 0
  return { kind: 'column', field: '', prefix, from: position - prefix.length, to: position + rest }
}
