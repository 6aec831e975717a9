import { Random } from '../core/random'
import type { LogEntry, SpanRecord } from '../core/records'
import { type PublishedMessage, Scene } from '../core/scene'
import { randomShopper, systemShopper } from '../shop/content'
import { rhythm } from '../shop/incident'
import { REGIONS } from '../shop/services'
import type { World } from '../shop/world'
import { askAssistant, search } from './assistant'
import { addToCart, health, home, orderHistory, product, quote } from './browse'
import { checkout } from './checkout'
import { fulfilBatch, reindex } from './jobs'

/** Time is played in slots. Each is seeded by its own number, so any slot can be made again without the others. */
export const SLOT_MS = 10_000
/** Longer than any trace takes: what happens at a time comes from a slot at most this much earlier. */
export const LONGEST_TRACE_MS = 60_000

/** Traces a second at rhythm 1; with the mix below about 50 spans a second. */
const TRACES_PER_SECOND = 2.7
const REINDEX_EVERY_SLOTS = 90

const MIX: readonly (readonly [(scene: Scene) => void, number])[] = [
  [home, 20],
  [product, 21],
  [search, 7],
  [addToCart, 10],
  [checkout, 22],
  [askAssistant, 5],
  [quote, 0.5],
  [orderHistory, 0.35],
  [health, 14],
]

export interface SlotItems {
  readonly spans: SpanRecord[]
  readonly logs: LogEntry[]
}

/** Everything that starts in the slot, in no particular order. `scale` multiplies the traffic. */
export function playSlot(world: World, slot: number, scale = 1): SlotItems {
  const startMs = slot * SLOT_MS
  const random = new Random(world.seed, 'slot', slot)
  const items: SlotItems = { spans: [], logs: [] }
  const published: PublishedMessage[] = []
  const play = (name: string, atMs: number, scenario: (scene: Scene) => void, system = false): void => {
    const own = new Random(world.seed, 'trace', slot, name)
    const shopper = system ? systemShopper(own, own.pick(REGIONS)) : randomShopper(own)
    keep(new Scene(world, own, atMs, shopper), scenario)
  }
  const keep = (scene: Scene, scenario: (scene: Scene) => void): void => {
    scenario(scene)
    items.spans.push(...scene.spans)
    items.logs.push(...scene.logs)
    published.push(...scene.published)
  }

  const count = random.poisson(TRACES_PER_SECOND * scale * rhythm(startMs) * (SLOT_MS / 1000))
  for (let i = 0; i < count; i++) {
    const scenario = random.weighted(MIX)
    play(String(i), startMs + random.float() * SLOT_MS, scenario, scenario === health)
  }
  if (slot % REINDEX_EVERY_SLOTS === 17) play('reindex', startMs + 1200.4, reindex, true)
  for (const region of REGIONS) {
    const orders = published.filter(
      (message) => message.topic === 'order.created' && message.region === region,
    )
    if (orders.length === 0) continue
    const own = new Random(world.seed, 'fulfil', slot, region)
    const lastMs = Math.max(...orders.map((message) => message.atMs))
    keep(new Scene(world, own, lastMs + own.between(250, 1900), systemShopper(own, region)), (scene) =>
      fulfilBatch(scene, orders),
    )
  }
  return items
}
