import type { TraceSkeleton } from '@/lib/api/trace'
import { formatIso, msToNanos } from '@/lib/time/range'

export interface SpanInput {
  id: string
  /** Index of the parent, or the id of one that is not in the trace. */
  parent?: number | string
  start?: number
  duration?: number
  service?: string
  name?: string
  error?: boolean
  marks?: number
  /** Offsets of its events; exceptions are negative, as no event of a test is before the trace. */
  events?: readonly number[]
}

export interface LogInput {
  span?: string
  /** Milliseconds from the trace's start. */
  atMs?: number
  body?: string
}

/** Builds the skeleton that the API would send, for tests and benchmarks. */
export function skeletonOf(inputs: readonly SpanInput[], logs: readonly LogInput[] = []): TraceSkeleton {
  const services = new Map<string, number>()
  const names = new Map<string, number>()
  const indexIn = (map: Map<string, number>, key: string) => {
    const known = map.get(key)
    if (known !== undefined) return known
    map.set(key, map.size)
    return map.size - 1
  }
  const orphanParents: Record<string, string> = {}
  inputs.forEach((span, i) => {
    if (typeof span.parent !== 'number') orphanParents[i] = span.parent ?? ''
  })
  const service = inputs.map((span) => indexIn(services, span.service ?? 'web'))
  const end = inputs.reduce((max, span) => Math.max(max, (span.start ?? 0) + (span.duration ?? 0)), 0)
  return {
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    start: '2026-11-20T09:00:00.000000000Z',
    end: '2026-11-20T09:00:01.000000000Z',
    durationNs: String(end),
    services: [...services.keys()].map((name, i) => ({
      name,
      spanCount: service.filter((s) => s === i).length,
    })),
    spanCount: inputs.length,
    errorCount: inputs.filter((span) => span.error).length,
    truncated: false,
    serviceNames: [...services.keys()],
    spans: {
      spanId: inputs.map((span) => span.id),
      parent: inputs.map((span) => (typeof span.parent === 'number' ? span.parent : -1)),
      name: inputs.map((span) => indexIn(names, span.name ?? `op ${span.id}`)),
      service,
      kind: inputs.map(() => 1),
      startNs: inputs.map((span) => span.start ?? 0),
      durationNs: inputs.map((span) => span.duration ?? 0),
      status: inputs.map((span) => (span.error ? 2 : 0)),
      marks: inputs.map((span) => span.marks ?? 0),
    },
    events: {
      span: inputs.flatMap((span, i) => (span.events ?? []).map(() => i)),
      atNs: inputs.flatMap((span) => (span.events ?? []).map(Math.abs)),
      exception: inputs.flatMap((span) => (span.events ?? []).map((at) => (at < 0 ? 1 : 0))),
    },
    spanNames: [...names.keys()],
    orphanParents,
    logs: logs.map((log, i) => ({
      id: `log-${i}`,
      time: formatIso(msToNanos(Date.UTC(2026, 10, 20, 9) + (log.atMs ?? 0))),
      spanId: log.span ?? '',
      severityText: 'INFO',
      severityNumber: 9,
      service: 'web',
      body: log.body ?? `log ${i}`,
      eventName: '',
    })),
  }
}

/** A small deterministic random source in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A believable big trace: mixed widths and depths, a few errors, `logCount` logs. */
export function bigSkeleton(spanCount: number, logCount: number, seed = 7): TraceSkeleton {
  const random = seededRandom(seed)
  const inputs: SpanInput[] = []
  for (let i = 0; i < spanCount; i++) {
    const parent = i === 0 ? undefined : Math.max(0, i - 1 - Math.floor(random() ** 3 * Math.min(i, 500)))
    inputs.push({
      id: i.toString(16).padStart(16, '0'),
      ...(parent === undefined ? {} : { parent }),
      start: i * 20_000,
      duration: Math.floor(random() ** 4 * 50_000_000) + (i === 0 ? spanCount * 20_000 : 0),
      service: `svc-${Math.floor(random() * 12)}`,
      name: `operation ${Math.floor(random() * 60)}`,
      error: random() < 0.01,
      marks: random() < 0.05 ? 1 : 0,
    })
  }
  const logs = Array.from({ length: logCount }, (_, i) => ({
    span: Math.floor((i / logCount) * spanCount)
      .toString(16)
      .padStart(16, '0'),
    atMs: (i / logCount) * spanCount * 0.02,
  }))
  return skeletonOf(inputs, logs)
}
