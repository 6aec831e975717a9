import { parseIso } from '@/lib/time/range'

/**
 * A function that tells how many nanoseconds after `originIso` a time lies; 0 for a malformed one. Thousands of
 * logs share a few seconds, so the part before the fraction is read once per second.
 */
export function offsetReader(originIso: string): (iso: string) => number {
  const origin = parseIso(originIso) ?? 0n
  const seconds = new Map<string, number>()
  return (iso) => {
    // The API's own form, 2026-11-20T09:00:00.123456789Z; anything else takes the general way.
    if (iso.length !== 30 || iso[19] !== '.' || iso[29] !== 'Z') {
      return Number((parseIso(iso) ?? origin) - origin)
    }
    const second = iso.slice(0, 19)
    let offset = seconds.get(second)
    if (offset === undefined) {
      offset = Number((parseIso(second) ?? origin) - origin)
      seconds.set(second, offset)
    }
    const fraction = Number(iso.slice(20, 29))
    return Number.isNaN(fraction) ? offset : offset + fraction
  }
}
