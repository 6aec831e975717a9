export const SERVICE_SLOTS = 16

/**
 * CSS colour of a service. Until the server has given it a slot (a service seen for the first time), a hash of
 * the name stands in, so that the colour at least does not flicker.
 */
export function serviceColor(service: string, slots: Readonly<Record<string, number>> | undefined): string {
  const known = slots && Object.hasOwn(slots, service) ? slots[service] : undefined
  return `var(--color-service-${(known ?? hash(service)) % SERVICE_SLOTS})`
}

function hash(text: string): number {
  let value = 0
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) >>> 0
  return value
}
