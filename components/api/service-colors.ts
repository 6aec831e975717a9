import { create } from 'zustand'
import type { ServiceColorsResponse } from '@/lib/api/sources'
import { fetchJson } from './fetch-json'
import { retryDelay } from './query-client'

interface ServiceColors {
  /** Service → slot of the palette, as the server gave it. */
  readonly slots: Readonly<Record<string, number>>
}

export const useServiceColors = create<ServiceColors>(() => ({ slots: {} }))

const STORED = 'spanlight-service-slots'
const LONGEST_NAME = 256
/** Servers take addresses of 16 KB at least; percent signs make a name up to nine times as long. */
const LONGEST_QUERY = 8_000
const wanted = new Set<string>()
const asking = { scheduled: false, failures: 0, recalled: false }

/** Asks for the slot of a service; all that one drawing of the page needs go in one request. */
export function wantServiceColor(service: string): void {
  if (typeof window === 'undefined' || service === '' || wanted.has(service)) return
  // Nobody names a service so: it keeps the colour of its hash, and the request its length.
  if (service.length > LONGEST_NAME) return
  if (!asking.recalled) {
    asking.recalled = true
    queueMicrotask(recall)
  }
  if (Object.hasOwn(useServiceColors.getState().slots, service)) return
  wanted.add(service)
  if (asking.scheduled) return
  asking.scheduled = true
  setTimeout(ask, 20)
}

/** Colours of an earlier visit stand at once, so that nothing changes its colour before a person's eyes. */
function recall(): void {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? 'null')
    if (typeof stored !== 'object' || stored === null) return
    const known = Object.fromEntries(Object.entries(stored).filter(([, slot]) => Number.isInteger(slot)))
    useServiceColors.setState(({ slots }) => ({ slots: { ...known, ...slots } }))
  } catch {
    // Forbidden storage or a broken entry: the server is asked anyway.
  }
}

function remember(slots: Readonly<Record<string, number>>): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(slots))
  } catch {
    // Full or forbidden: a convenience.
  }
}

async function ask(): Promise<void> {
  const services: string[] = []
  const query = new URLSearchParams()
  for (const service of wanted) {
    query.append('services', service)
    services.push(service)
    if (query.toString().length > LONGEST_QUERY) break
  }
  try {
    const { colors } = await fetchJson<ServiceColorsResponse>(`/service-colors?${query}`)
    for (const service of services) wanted.delete(service)
    asking.failures = 0
    useServiceColors.setState(({ slots }) => ({ slots: { ...slots, ...colors } }))
    remember(useServiceColors.getState().slots)
  } catch {
    // Colours can wait; meanwhile a hash of the name stands in.
    asking.failures += 1
  }
  asking.scheduled = wanted.size > 0 && asking.failures < 20
  if (asking.scheduled) setTimeout(ask, retryDelay(asking.failures))
}
