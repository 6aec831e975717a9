import type { Region, ServiceName } from '../shop/services'
import type { World } from '../shop/world'
import { type ActiveSpan, openSpan, type SpanOptions } from './active-span'
import { Kind } from './otlp'
import type { Random } from './random'
import type { LogEntry, SpanRecord } from './records'

/** The person or job on whose behalf a trace happens. */
export interface Shopper {
  readonly userId: string
  readonly sessionId: string
  readonly region: Region
  readonly currency: string
  readonly cartId: string
  readonly tier: 'guest' | 'member' | 'gold'
  readonly userAgent: string
  readonly address: string
}

/** A message on a topic that another trace will read and link to. */
export interface PublishedMessage {
  readonly traceId: string
  readonly spanId: string
  readonly topic: string
  readonly messageId: string
  readonly atMs: number
  readonly orderId: string
  readonly region: Region
}

export type Body = (span: ActiveSpan) => void

/**
 * One trace while it is being played. A scenario opens a span, spends time in it and calls others; the clock
 * only moves forward by what it spends, so children lie inside their parents.
 */
export class Scene {
  readonly spans: SpanRecord[] = []
  readonly logs: LogEntry[] = []
  readonly published: PublishedMessage[] = []
  readonly traceId: string

  constructor(
    readonly world: World,
    readonly random: Random,
    readonly startMs: number,
    readonly shopper: Shopper,
  ) {
    this.traceId = random.hex(16)
  }

  root(service: ServiceName, name: string, options: SpanOptions, body: Body): ActiveSpan {
    return openSpan(this, null, name, { kind: Kind.Server, ...options, service }, 0, body)
  }
}
