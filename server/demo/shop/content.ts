import type { Random } from '../core/random'
import type { Shopper } from '../core/scene'
import type { Region } from './services'

/** Invented things that the shop sells, and invented people who buy them. */

export interface Product {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly cents: number
}

export const CATEGORIES = ['lamps', 'telescopes', 'maps', 'tents', 'stoves', 'notebooks'] as const

const NAMES: readonly (readonly [string, (typeof CATEGORIES)[number], number])[] = [
  ['Aurora desk lamp', 'lamps', 6900],
  ['Lighthouse lantern', 'lamps', 4450],
  ['Firefly string', 'lamps', 1990],
  ['Comet 80 refractor', 'telescopes', 24900],
  ['Nebula 130 reflector', 'telescopes', 32900],
  ['Pocket planisphere', 'telescopes', 1450],
  ['Contour map of the Alps', 'maps', 2200],
  ['Star atlas 2027', 'maps', 3950],
  ['Sea chart, North Atlantic', 'maps', 2800],
  ['Ridge 2 tent', 'tents', 28900],
  ['Basecamp 4 tent', 'tents', 45900],
  ['Bivy Solo', 'tents', 15900],
  ['Ember gas stove', 'stoves', 5490],
  ['Kettle 0.9 l', 'stoves', 2990],
  ['Windshield set', 'stoves', 1290],
  ['Field notebook A6', 'notebooks', 790],
  ['Waterproof logbook', 'notebooks', 1690],
  ['Graph pad A4', 'notebooks', 650],
]

export const PRODUCTS: readonly Product[] = NAMES.map(([name, category, cents], index) => ({
  id: `LMN-${1000 + index * 37}`,
  name,
  category,
  cents,
}))

const AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
]

const CURRENCIES: Readonly<Record<Region, readonly string[]>> = {
  'eu-west-1': ['EUR', 'EUR', 'GBP', 'SEK', 'CHF'],
  'us-east-1': ['USD', 'USD', 'USD', 'CAD'],
  'ap-southeast-1': ['SGD', 'JPY', 'AUD'],
}

export function randomRegion(random: Random): Region {
  return random.weighted<Region>([
    ['eu-west-1', 0.48],
    ['us-east-1', 0.37],
    ['ap-southeast-1', 0.15],
  ])
}

export function randomShopper(random: Random): Shopper {
  const region = randomRegion(random)
  return {
    region,
    userId: String(10_000 + Math.floor(random.float() ** 2 * 4000)),
    sessionId: random.hex(8),
    currency: random.pick(CURRENCIES[region]),
    cartId: random.hex(4),
    tier: random.weighted([
      ['guest', 5],
      ['member', 4],
      ['gold', 1],
    ] as const),
    userAgent: random.pick(AGENTS),
    address: `203.0.113.${random.int(1, 254)}`,
  }
}

export const systemShopper = (random: Random, region: Region): Shopper => ({
  ...randomShopper(random),
  region,
  userId: 'system',
  userAgent: 'kube-probe/1.34',
  address: '10.20.0.2',
})
