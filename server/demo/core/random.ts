/**
 * Seeded pseudo-random numbers (sfc32). The same seed and parts give the same sequence on every machine, so
 * the demo can be generated again, in pieces, and still be the same data.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  /** @param parts anything that tells this stream from the others: seed, slot number, name */
  constructor(...parts: readonly (string | number)[]) {
    const text = parts.join('\u001f')
    this.a = hash(text, 0x9e3779b9)
    this.b = hash(text, 0x243f6a88)
    this.c = hash(text, 0xb7e15162)
    for (let i = 0; i < 12; i++) this.uint32()
  }

  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** Uniform in [0, 1). */
  float(): number {
    return this.uint32() / 4294967296
  }

  /** Whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.float() * (max - min + 1))
  }

  between(min: number, max: number): number {
    return min + this.float() * (max - min)
  }

  chance(probability: number): boolean {
    return this.float() < probability
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.int(0, list.length - 1)]
    if (item === undefined) throw new Error('pick from an empty list')
    return item
  }

  weighted<T>(entries: readonly (readonly [T, number])[]): T {
    let at = this.float() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of entries) {
      at -= weight
      if (at < 0) return item
    }
    return entries[entries.length - 1]![0]
  }

  gaussian(): number {
    return Math.sqrt(-2 * Math.log(1 - this.float())) * Math.cos(2 * Math.PI * this.float())
  }

  /** Latencies are log-normal: many near the median, a long tail to the right. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.gaussian())
  }

  poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.gaussian()))
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.float(); product > limit; product *= this.float()) count++
    return count
  }

  /** `bytes` random bytes as lower-case hex; `bytes` is a multiple of 4. */
  hex(bytes: number): string {
    let text = ''
    for (let i = 0; i < bytes; i += 4) text += this.uint32().toString(16).padStart(8, '0')
    return text
  }

  uuid(): string {
    const h = this.hex(16)
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`
  }

  /** Letters and digits as Kubernetes puts them into pod names. */
  suffix(length: number): string {
    let text = ''
    for (let i = 0; i < length; i++) text += 'bcdfghjklmnpqrstvwxz2456789'[this.int(0, 26)]
    return text
  }
}

/** FNV-1a with a final mix (murmur3's). */
function hash(text: string, basis: number): number {
  let h = basis | 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
