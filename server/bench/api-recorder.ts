import type { ClickHouse } from '@/server/clickhouse/client'

/** One statement that the API sent, as the engine would have to be asked for it again. */
export interface Recorded {
  readonly query: string
  readonly params: Record<string, unknown>
  readonly settings: Record<string, unknown>
  readonly role: string | undefined
  readonly rowsRead: number
  readonly bytesRead: number
  readonly startMs: number
  readonly endMs: number
}

export interface Recorder {
  readonly client: ClickHouse
  take(): Recorded[]
}

/** A client that notes what is asked through it, and when the answer was read to its end. */
export function recordingClient(client: ClickHouse): Recorder {
  let recorded: Recorded[] = []
  const query: ClickHouse['query'] = async (options) => {
    const startMs = performance.now()
    const result = await client.query(options)
    const header = result.response_headers['x-clickhouse-summary']
    const summary: { read_rows?: string; read_bytes?: string } =
      typeof header === 'string' ? JSON.parse(header) : {}
    const json = result.json.bind(result)
    const noting = async () => {
      const answer: unknown = await json()
      recorded.push({
        query: options.query,
        params: options.query_params ?? {},
        settings: { ...options.clickhouse_settings },
        role: typeof options.role === 'string' ? options.role : undefined,
        rowsRead: Number(summary.read_rows ?? 0),
        bytesRead: Number(summary.read_bytes ?? 0),
        startMs,
        endMs: performance.now(),
      })
      return answer
    }
    result.json = noting as typeof result.json
    return result
  }
  const proxy = new Proxy(client, {
    get: (target, name) => (name === 'query' ? query : Reflect.get(target, name, target)),
  })
  return {
    client: proxy,
    take: () => {
      const taken = recorded
      recorded = []
      return taken
    },
  }
}

/** Time in which at least one statement was under way. */
export function busyMs(statements: readonly Recorded[]): number {
  let busy = 0
  let until = Number.NEGATIVE_INFINITY
  for (const { startMs, endMs } of statements.toSorted((a, b) => a.startMs - b.startMs)) {
    if (endMs <= until) continue
    busy += endMs - Math.max(startMs, until)
    until = endMs
  }
  return busy
}
