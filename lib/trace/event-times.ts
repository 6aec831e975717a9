import type { TraceModel } from './model'

export interface EventTime {
  /** Offset from the trace's start. */
  readonly atNs: number
  readonly exception: boolean
}

/** Span node → distinct times of its events, in order; exceptions last, so that they are drawn over others. */
export function eventTimesBySpan(model: TraceModel): ReadonlyMap<number, readonly EventTime[]> {
  const { span, atNs, exception } = model.skeleton.events
  const times = new Map<number, EventTime[]>()
  span.forEach((node, i) => {
    const time = { atNs: atNs[i] ?? 0, exception: exception[i] === 1 }
    const known = times.get(node)
    if (known?.some((other) => other.atNs === time.atNs && other.exception === time.exception)) return
    if (known) known.push(time)
    else times.set(node, [time])
  })
  for (const list of times.values()) {
    list.sort((a, b) => Number(a.exception) - Number(b.exception) || a.atNs - b.atNs)
  }
  return times
}
