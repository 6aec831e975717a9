import { create } from 'zustand'
import { ServiceColorsResponse } from '@/lib/api/sources'
import { fetchJson } from './fetch-json'
import { retryDelay } from './query-client'

interface ServiceColors {
  /** Service → slot of the palette, as the server gave it. */
  readonly slots: Readonly<Record<string, number>>
}

export const useServiceColors = create<ServiceColors>(() => ({ slots: {} }))

const wanted = new Set<string>()
const asking = { scheduled: false, failures: 0 }

/** Asks for the slot of a service; all that one drawing of the page needs go in one request. */
export function wantServiceColor(service: string): void {
  if (typeof window === 'undefined' || service === '' || wanted.has(service)) return
  if (Object.hasOwn(useServiceColors.getState().slots, service)) return
  wanted.add(service)
  if (asking.scheduled) return
  asking.scheduled = true
  setTimeout(ask, 20)
}

async function ask(): Promise<void> {
  const services = [...wanted].slice(0, 200)
  const query = new URLSearchParams(services.map((service) => ['services', service]))
  try {
    const { colors } = await fetchJson(`/service-colors?${query}`, ServiceColorsResponse)
    for (const service of services) wanted.delete(service)
    asking.failures = 0
    useServiceColors.setState(({ slots }) => ({ slots: { ...slots, ...colors } }))
  } catch {
    // Colours can wait; meanwhile a hash of the name stands in.
    asking.failures += 1
  }
  asking.scheduled = wanted.size > 0 && asking.failures < 20
  if (asking.scheduled) setTimeout(ask, retryDelay(asking.failures))
}
