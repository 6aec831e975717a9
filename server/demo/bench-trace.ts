import { nanos } from './core/active-span'
import { Kind, keyValues, Status, type TraceRequest } from './core/otlp'
import { packSpans } from './core/pack'
import { Random } from './core/random'
import type { SpanRecord } from './core/records'
import { formatStackTrace } from './core/stack-trace'
import { SERVICE_NAMES } from './shop/services'
import { World } from './shop/world'

export interface BenchTraceOptions {
  readonly spanCount: number
  readonly seed: string
  readonly startMs: number
}

export interface BenchTrace {
  readonly traceId: string
  readonly requests: Generator<TraceRequest>
}

const SPANS_PER_REQUEST = 5_000
const LENGTH_MS = 180_000
const DEEP_CHAIN = 120
const NAMES = [
  'load shard',
  'merge',
  'SELECT ledger',
  'GET',
  'shop.LedgerService/Post',
  'verify',
  'write page',
  'HSET',
]

/**
 * One trace of any size, for the trace page's budgets: a nightly settlement with wide fan-out, one chain of 120
 * levels, a few errors with stack traces and events. Every span lies inside its parent.
 */
export function benchTrace({ spanCount, seed, startMs }: BenchTraceOptions): BenchTrace {
  const random = new Random(seed, 'bench-trace', spanCount, startMs)
  const world = new World(seed, startMs)
  const services = SERVICE_NAMES.filter((name) => name !== 'k8s-events')
  const traceId = random.hex(16)
  const records: SpanRecord[] = []

  const add = (parent: string | null, name: string, from: number, to: number, depth: number): string => {
    const spanId = random.hex(8)
    const pod = world.pod(random, random.pick(services), 'eu-west-1', startMs)
    const failed = random.chance(0.004)
    const message = `ledger page ${random.int(1, 9999)} is locked`
    records.push({
      pod,
      scope: pod.definition.scope,
      emitMs: startMs + to,
      durationMs: to - from,
      span: {
        traceId,
        spanId,
        ...(parent === null ? {} : { parentSpanId: parent }),
        flags: 1,
        name,
        kind: random.pick([Kind.Internal, Kind.Internal, Kind.Client, Kind.Server]),
        startTimeUnixNano: nanos(startMs, from),
        endTimeUnixNano: nanos(startMs, to),
        attributes: keyValues({
          'settlement.shard': random.int(0, 63),
          'settlement.depth': depth,
          'thread.name': `worker-${random.int(1, 32)}`,
          'db.system.name': name.startsWith('SELECT') ? 'postgresql' : undefined,
        }),
        ...(failed || random.chance(0.01)
          ? {
              events: [
                {
                  timeUnixNano: nanos(startMs, (from + to) / 2),
                  name: failed ? 'exception' : 'checkpoint',
                  attributes: keyValues(
                    failed
                      ? {
                          'exception.type': 'PageLocked',
                          'exception.message': message,
                          'exception.stacktrace': formatStackTrace(pod.definition.language, {
                            type: 'PageLocked',
                            message,
                            frames: ['Ledger.lock /app/ledger.js:88', 'Ledger.post /app/ledger.js:41'],
                          }),
                        }
                      : { 'settlement.rows': random.int(1, 5000) },
                  ),
                },
              ],
            }
          : {}),
        status: failed ? { code: Status.Error, message } : {},
      },
    })
    return spanId
  }

  /** Divides the time among children, and what is left of the budget among them. */
  const grow = (parent: string, from: number, to: number, budget: number, depth: number): void => {
    if (budget <= 0) return
    const children = Math.min(budget, budget > 400 ? random.int(8, 40) : random.int(1, 9))
    const shares = Array.from({ length: children }, () => 0.2 + random.float() ** 2)
    const whole = shares.reduce((a, b) => a + b, 0)
    let at = from
    let left = budget - children
    shares.forEach((share, i) => {
      const length = ((to - from) * share) / whole
      const start = at + length * 0.03 * random.float()
      const end = at + length * (0.75 + 0.22 * random.float())
      const below =
        i === children - 1 ? left : Math.min(left, Math.floor((budget - children) * (share / whole)))
      left -= below
      grow(add(parent, random.pick(NAMES), start, end, depth), start, end, below, depth + 1)
      at += length
    })
  }

  const root = add(null, 'job nightly-settlement', 0, LENGTH_MS, 0)
  let [deepest, from, to] = [root, 10, LENGTH_MS * 0.4]
  const chain = Math.min(DEEP_CHAIN, Math.max(0, Math.floor((spanCount - 1) / 10)))
  for (let depth = 1; depth <= chain; depth++) {
    deepest = add(deepest, 'post entry', from, to, depth)
    from += 1
    to -= 2
  }
  grow(root, LENGTH_MS * 0.42, LENGTH_MS * 0.99, spanCount - 1 - chain, 1)

  return { traceId, requests: inRequests(records) }
}

function* inRequests(records: readonly SpanRecord[]): Generator<TraceRequest> {
  for (let at = 0; at < records.length; at += SPANS_PER_REQUEST) {
    yield packSpans(records.slice(at, at + SPANS_PER_REQUEST))
  }
}
