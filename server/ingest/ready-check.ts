import type { ClickHouse } from '@/server/clickhouse/client'

const PERIOD_MS = 5_000

/** Whether ClickHouse can be reached: known from the inserts, and asked when there are none. */
export class ReadyCheck {
  private state: 'unknown' | 'ready' | 'away' = 'unknown'
  private why: string | null = null
  private checkedAt = 0
  private timer: NodeJS.Timeout | null = null

  constructor(private readonly client: Pick<ClickHouse, 'ping'>) {}

  get isReady(): boolean {
    return this.state === 'ready'
  }

  get problem(): string | null {
    return this.why
  }

  start(): void {
    void this.check()
    this.timer = setInterval(() => void this.check(), PERIOD_MS)
    this.timer.unref()
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer)
  }

  succeeded(): void {
    this.state = 'ready'
    this.why = null
    this.checkedAt = performance.now()
  }

  failed(error: Error): void {
    this.state = 'away'
    this.why = error.message
    this.checkedAt = performance.now()
  }

  private async check(): Promise<void> {
    if (this.state === 'ready' && performance.now() - this.checkedAt < PERIOD_MS) return
    const answer = await this.client.ping()
    if (answer.success) this.succeeded()
    else this.failed(new Error(`ClickHouse does not answer: ${answer.error.message}`))
  }
}
