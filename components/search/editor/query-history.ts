const KEY = 'spanlight-queries'
const MOST = 50

let position: number | null = null
let draft = ''

/** Queries that were run on this browser, oldest first. A browser that forbids storage simply forgets. */
function read(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  } catch {
    return []
  }
}

export const queryHistory = {
  add(text: string): void {
    position = null
    if (text.trim() === '') return
    const queries = [...read().filter((query) => query !== text), text].slice(-MOST)
    try {
      localStorage.setItem(KEY, JSON.stringify(queries))
    } catch {
      // Full or forbidden: history is a convenience.
    }
  },

  /** The query before or after the one shown; null when there is none. Going down past the newest gives the draft back. */
  step(shown: string, step: 1 | -1): string | null {
    const queries = read()
    if (position === null || (queries[position] !== shown && position < queries.length)) {
      if (step === 1) return null
      position = queries.length
      draft = shown
    }
    let next = position + step
    while (queries[next] === shown) next += step
    if (next < 0 || next > queries.length) return null
    position = next
    return next === queries.length ? draft : (queries[next] ?? null)
  },
}
