import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import zlib from 'node:zlib'
import { type EngineError, httpStatus } from '../exception'

/** Counters of X-ClickHouse-Summary. */
export interface Summary {
  readRows: number
  readBytes: number
  writtenRows: number
  writtenBytes: number
  totalRowsToRead: number
  resultRows: number
  resultBytes: number
  memoryUsage: number
}

export interface AnswerHead {
  readonly queryId: string
  readonly timezone: string
  readonly version: string
  readonly gzip: boolean
}

/** Small results are held back until they are complete, so that their summary is final. */
const HOLD_BYTES = 1024 * 1024
/** With wait_end_of_query=1 the client asks for that with results of any size. */
const HOLD_BYTES_AT_WISH = 256 * 1024 * 1024

/** One answer of the HTTP interface: headers, the result as it comes, or an exception at any point. */
export class Answer {
  readonly summary: Summary = {
    readRows: 0,
    readBytes: 0,
    writtenRows: 0,
    writtenBytes: 0,
    totalRowsToRead: 0,
    resultRows: 0,
    resultBytes: 0,
    memoryUsage: 0,
  }
  readonly #response: ServerResponse
  readonly #head: AnswerHead
  readonly #started = process.hrtime.bigint()
  readonly #exceptionTag = randomBytes(8).toString('hex')
  #held: Buffer[] = []
  #heldBytes = 0
  #holdMost = HOLD_BYTES
  #out: Writable | null = null
  #format = 'TabSeparated'

  constructor(response: ServerResponse, head: AnswerHead) {
    this.#response = response
    this.#head = head
  }

  /** True until the first byte of the answer has been sent: the summary still counts. */
  get holding(): boolean {
    return this.#out === null
  }

  begin(format: string, waitForEnd: boolean): void {
    this.#format = format
    if (waitForEnd) this.#holdMost = HOLD_BYTES_AT_WISH
  }

  /** Resolves when more may be written. */
  async write(bytes: Buffer): Promise<void> {
    if (this.#out !== null) return this.#push(bytes)
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
    if (this.#heldBytes <= this.#holdMost) return
    this.#open()
    await this.#release()
  }

  /** The result is complete, with its summary: what is written from now on need not be held back. */
  complete(): void {
    this.#holdMost = 0
  }

  async end(): Promise<void> {
    if (this.#out === null) {
      const body = this.#head.gzip && this.#heldBytes > 0 ? null : Buffer.concat(this.#held)
      this.#open(body?.length)
      if (body !== null) {
        this.#response.end(body)
        return
      }
      await this.#release()
    }
    this.#out?.end()
  }

  fail(error: EngineError): void {
    const text = error.text(this.#head.version)
    if (this.#out === null) this.#failBeforeHead(error, text)
    else this.#failInBody(text)
  }

  #failBeforeHead(error: EngineError, text: string): void {
    if (this.#response.headersSent || this.#response.destroyed) return
    this.#setCommonHeaders()
    this.#response.statusCode = httpStatus(error)
    this.#response.setHeader('X-ClickHouse-Exception-Code', error.code)
    this.#response.setHeader('Content-Type', 'text/plain; charset=UTF-8')
    this.#response.setHeader('Content-Length', Buffer.byteLength(text))
    this.#response.end(text)
  }

  /** As a server since 25.11: a marked block ends the body, and the chunked encoding is left unfinished. */
  #failInBody(text: string): void {
    const message = text.endsWith('\n') ? text : `${text}\n`
    const block = `\r\n__exception__\r\n${this.#exceptionTag}\r\n${message}${Buffer.byteLength(message)} ${this.#exceptionTag}\r\n__exception__\r\n`
    const out = this.#out
    const cut = (): void => {
      this.#response.socket?.end()
    }
    if (out instanceof zlib.Gzip) {
      out.write(block)
      out.flush(() => this.#response.write('', cut))
    } else {
      out?.write(block, cut)
    }
  }

  #setCommonHeaders(): void {
    const response = this.#response
    response.setHeader('X-ClickHouse-Server-Display-Name', 'spanlight')
    response.setHeader('X-ClickHouse-Query-Id', this.#head.queryId)
    response.setHeader('X-ClickHouse-Timezone', encodeURI(this.#head.timezone))
    response.setHeader('X-ClickHouse-Exception-Tag', this.#exceptionTag)
    response.setHeader('X-ClickHouse-Summary', JSON.stringify(this.#summaryFields()))
  }

  #summaryFields(): Record<string, string> {
    const s = this.summary
    return {
      read_rows: String(s.readRows),
      read_bytes: String(s.readBytes),
      written_rows: String(s.writtenRows),
      written_bytes: String(s.writtenBytes),
      total_rows_to_read: String(s.totalRowsToRead),
      result_rows: String(s.resultRows),
      result_bytes: String(s.resultBytes),
      elapsed_ns: String(process.hrtime.bigint() - this.#started),
      memory_usage: String(s.memoryUsage),
    }
  }

  #open(length?: number): void {
    const response = this.#response
    this.#setCommonHeaders()
    response.setHeader('X-ClickHouse-Format', this.#format)
    response.setHeader('Content-Type', contentType(this.#format))
    if (length !== undefined) {
      response.setHeader('Content-Length', length)
      this.#out = response
      return
    }
    if (!this.#head.gzip) {
      this.#out = response
      return
    }
    response.setHeader('Content-Encoding', 'gzip')
    const gzip = zlib.createGzip({ level: 1 })
    gzip.pipe(response)
    response.on('close', () => gzip.destroy())
    gzip.on('error', () => response.destroy())
    this.#out = gzip
  }

  async #release(): Promise<void> {
    const held = this.#held
    this.#held = []
    for (const bytes of held) await this.#push(bytes)
  }

  #push(bytes: Buffer): Promise<void> {
    const out = this.#out
    if (out === null || out.destroyed || out.write(bytes)) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        out.off('drain', done)
        out.off('close', done)
        resolve()
      }
      out.on('drain', done)
      out.on('close', done)
    })
  }
}

function contentType(format: string): string {
  return CONTENT_TYPES.find(([formats]) => formats.test(format))?.[1] ?? 'text/plain; charset=UTF-8'
}

const CONTENT_TYPES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^JSON\w*EachRow/i, 'application/x-ndjson; charset=UTF-8'],
  [/^JSON/i, 'application/json; charset=UTF-8'],
  [/^(TSV|TabSeparated)/i, 'text/tab-separated-values; charset=UTF-8'],
  [/^CSV\w*Names/i, 'text/csv; charset=UTF-8; header=present'],
  [/^CSV/i, 'text/csv; charset=UTF-8; header=absent'],
  [/^XML$/i, 'application/xml; charset=UTF-8'],
  [/^(Native|RowBinary|Arrow|ORC|Avro|MsgPack|Protobuf)/i, 'application/octet-stream'],
  [/^Parquet$/i, 'application/vnd.apache.parquet'],
]
