/** Items with keys for React: what identifies them, numbered where that repeats. Telemetry has no ids of its own. */
export function keyed<T>(items: readonly T[], identify: (item: T) => string): { key: string; item: T }[] {
  const seen = new Map<string, number>()
  return items.map((item) => {
    const base = identify(item)
    const count = (seen.get(base) ?? 0) + 1
    seen.set(base, count)
    return { key: count === 1 ? base : `${base}#${count}`, item }
  })
}
