import type { Position } from './common'
import type { ProblemCode } from './problem'

export interface ProblemDetails {
  readonly position?: Position
  readonly hint?: string
  /** The SQL that failed, for display. */
  readonly sql?: string
  /** Seconds after which it is worth trying again. */
  readonly retryAfterSeconds?: number
}

/** An error whose text is meant for the caller: it leaves the API as problem+json. Any other error never does. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly details: ProblemDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'ProblemError'
  }
}
