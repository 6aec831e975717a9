import type { TestEngine } from '../testing'

export interface Sent {
  readonly params?: Record<string, string>
  readonly body?: string | Buffer
  readonly headers?: Record<string, string>
}

export interface HttpTools {
  send(sent: Sent): Promise<Response>
  /** The text of the answer; throws on any status but 2xx. */
  ask(sent: Sent): Promise<string>
  /** The rows of the table t, which is empty afterwards. */
  rows(where?: string): Promise<string>
}

/** Talks plain HTTP to a test engine, as curl would. */
export function httpTools(engine: TestEngine): HttpTools {
  const send = ({ params = {}, body, headers }: Sent): Promise<Response> =>
    fetch(`${engine.url}/?${new URLSearchParams(params).toString()}`, {
      method: 'POST',
      ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
      ...(headers === undefined ? {} : { headers }),
    })
  const ask = async (sent: Sent): Promise<string> => {
    const response = await send(sent)
    const text = await response.text()
    if (!response.ok) throw new Error(text)
    return text
  }
  const rows = async (where = '1'): Promise<string> => {
    const answer = await ask({ body: `SELECT id, s FROM t WHERE ${where} ORDER BY id` })
    await ask({ body: 'TRUNCATE TABLE t SYNC' })
    return answer
  }
  return { send, ask, rows }
}
