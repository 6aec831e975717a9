import { ProblemError } from './problem-error'

/**
 * JSON from outside. A key `__proto__` is refused: the schemas would drop it without a word, and a filter that is
 * dropped finds too much.
 * @throws ProblemError for such a key, SyntaxError for what is no JSON
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (key === '__proto__')
      throw new ProblemError('invalid_request', 'The name __proto__ cannot be used here.')
    return value
  })
}
