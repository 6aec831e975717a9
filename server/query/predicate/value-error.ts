import type { DiagnosticCode } from '@/lib/search/ast'

/** A value that its field cannot take. The compilers turn it into a diagnostic or a problem. */
export class ValueError extends Error {
  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly hint: string,
  ) {
    super(message)
  }
}
