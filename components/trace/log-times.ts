import type { TraceModel } from '@/lib/trace/model'

/** Span node → distinct offsets of its logs, in order. */
export function logTimesBySpan(model: TraceModel): ReadonlyMap<number, readonly number[]> {
  const times = new Map<number, Set<number>>()
  for (let node = model.spanCount; node < model.logEnd; node++) {
    const span = model.parent[node]!
    if (span === -1) continue
    const known = times.get(span)
    if (known) known.add(model.start[node]!)
    else times.set(span, new Set([model.start[node]!]))
  }
  return new Map([...times].map(([span, set]) => [span, [...set].sort((a, b) => a - b)]))
}
