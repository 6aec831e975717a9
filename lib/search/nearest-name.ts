/** Optimal string alignment distance (restricted Damerau-Levenshtein), at most `limit`; else `limit + 1`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) best = Math.min(best, beforeLast[j - 2]! + 1)
      row.push(best)
    }
    if (Math.min(...row) > limit) return limit + 1
    beforeLast = last
    last = row
  }
  return last[b.length]!
}

/**
 * The known names that a person may have meant, nearest first. Case does not count; about one mistake in
 * three letters is forgiven, and a name that only lacks its prefix (`status_code` → `http.status_code`) is near.
 */
export function nearestNames(name: string, known: Iterable<string>, count = 3): string[] {
  const wanted = name.toLowerCase()
  const limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)))
  const found: { name: string; distance: number }[] = []
  for (const candidate of known) {
    const lower = candidate.toLowerCase()
    const isSuffix = wanted.length > 2 && lower.endsWith(`.${wanted}`)
    const distance = isSuffix ? 1 : editDistance(wanted, lower, limit)
    if (distance <= limit && candidate !== name) found.push({ name: candidate, distance })
  }
  return found
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map((item) => item.name)
}
