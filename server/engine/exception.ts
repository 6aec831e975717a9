/** A ClickHouse exception, as the HTTP interface of a server shows it. */
export class EngineError extends Error {
  readonly code: number
  readonly type: string

  constructor(code: number, message: string, type?: string) {
    super(message)
    this.code = code
    this.type = type ?? TYPES[code] ?? 'UNKNOWN_EXCEPTION'
  }

  /** The body of an error answer. */
  text(version: string): string {
    return `Code: ${this.code}. DB::Exception: ${this.message} (${this.type}) (version ${version} (official build))\n`
  }
}

const TYPES: Readonly<Record<number, string>> = {
  36: 'BAD_ARGUMENTS',
  62: 'SYNTAX_ERROR',
  115: 'UNKNOWN_SETTING',
  117: 'INCORRECT_DATA',
  159: 'TIMEOUT_EXCEEDED',
  164: 'READONLY',
  202: 'TOO_MANY_SIMULTANEOUS_QUERIES',
  216: 'QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING',
  241: 'MEMORY_LIMIT_EXCEEDED',
  348: 'INTO_OUTFILE_NOT_ALLOWED',
  73: 'UNKNOWN_FORMAT',
  394: 'QUERY_WAS_CANCELLED',
  396: 'TOO_MANY_ROWS_OR_BYTES',
  497: 'ACCESS_DENIED',
  999: 'KEEPER_EXCEPTION',
  1001: 'STD_EXCEPTION',
}

/** Reads `Code: 47. DB::Exception: text. (UNKNOWN_IDENTIFIER)` from the addon's error. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error
  const text = error instanceof Error ? error.message : String(error)
  const match =
    /^(?:Query failed: )?(?:Code: \d+\. DB::Exception: (?=Code: \d+\. DB::Exception: ))*Code: (\d+)\. DB::Exception: ([\s\S]*?)\s*(?:\(([A-Z][A-Z0-9_]{2,})\))?\s*$/.exec(
      text,
    )
  if (match === null) return new EngineError(1001, text)
  // What fails while a file is written says its type and version twice.
  const message = (match[2] ?? text).replace(
    /(?:\s*(?:\([A-Z][A-Z0-9_]{2,}\))?\s*\(version [^()]*\)\.?)+$/,
    '',
  )
  return new EngineError(Number(match[1]), message, match[3])
}

/** The HTTP status that a server answers with (its exceptionCodeToHTTPStatus). */
export function httpStatus(error: EngineError): number {
  return STATUSES.find(([, types]) => types.test(error.type))?.[0] ?? 500
}

const STATUSES: ReadonlyArray<readonly [number, RegExp]> = [
  [401, /^REQUIRED_PASSWORD$/],
  [403, /^(UNKNOWN_USER|WRONG_PASSWORD|AUTHENTICATION_FAILED|SET_NON_GRANTED_ROLE|ACCESS_DENIED)$/],
  [
    400,
    /^(BAD_ARGUMENTS|CANNOT_COMPILE_REGEXP|CANNOT_PARSE_(TEXT|ESCAPE_SEQUENCE|QUOTED_STRING|DATE|DATETIME|NUMBER|DOMAIN_VALUE_FROM_STRING|IPV4|IPV6|INPUT_ASSERTION_FAILED|UUID)|DUPLICATE_COLUMN|ILLEGAL_COLUMN|UNKNOWN_ELEMENT_IN_AST|UNKNOWN_TYPE_OF_AST_NODE|THERE_IS_NO_COLUMN|TOO_DEEP_AST|TOO_BIG_AST|UNEXPECTED_AST_STRUCTURE|SYNTAX_ERROR|INCORRECT_DATA|TYPE_MISMATCH|VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE)$/,
  ],
  [
    404,
    /^UNKNOWN_(TABLE|FUNCTION|IDENTIFIER|TYPE|STORAGE|DATABASE|SETTING|DIRECTION_OF_SORTING|AGGREGATE_FUNCTION|FORMAT|DATABASE_ENGINE|TYPE_OF_QUERY|ROLE)$/,
  ],
  [408, /^TIMEOUT_EXCEEDED$/],
  [411, /^HTTP_LENGTH_REQUIRED$/],
  [413, /^(QUERY_IS_TOO_LARGE|REQUEST_TOO_LARGE)$/],
  [415, /^UNSUPPORTED_MEDIA_TYPE$/],
  [501, /^NOT_IMPLEMENTED$/],
  [503, /^(SOCKET_TIMEOUT|CANNOT_OPEN_FILE|CANNOT_SCHEDULE_TASK)$/],
]
