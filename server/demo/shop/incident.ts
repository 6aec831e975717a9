/**
 * The fault to find: payment 2.14.1 cannot reach the issuers of visa cards in eu-west-1. Other versions,
 * regions and cards stay fine, so only the three attributes together explain it.
 *
 * It starts 12 minutes before `anchorMs` (the moment the demo was loaded), is severe for seven minutes,
 * half mended for eight (a longer timeout), and comes back every 36 minutes: the quiet time is shorter than
 * the 30 minutes that are shown by default, so there is always one in sight.
 */
export interface Incident {
  /** Share of visa charges that fail on 2.14.1 in eu-west-1, 0 to 1. */
  failing(atMs: number): number
  /** Share of payment traffic in eu-west-1 that runs 2.14.1: rolled out a minute before, rolled back after. */
  rollout(atMs: number): number
  /** Start of the incident that is running at or was last before this time. */
  lastStart(atMs: number): number
}

const MINUTE = 60_000
export const INCIDENT_LEAD_MS = 12 * MINUTE
const PERIOD = 36 * MINUTE
const SEVERE = 7 * MINUTE
const MENDED = 15 * MINUTE

export function incidentSchedule(anchorMs: number): Incident {
  const first = anchorMs - INCIDENT_LEAD_MS
  const phase = (atMs: number): number => (((atMs - first) % PERIOD) + PERIOD) % PERIOD
  return {
    failing: (atMs) => (phase(atMs) < SEVERE ? 0.93 : phase(atMs) < MENDED ? 0.35 : 0),
    rollout: (atMs) => (phase(atMs) < MENDED || phase(atMs) >= PERIOD - MINUTE ? 0.75 : 0),
    lastStart: (atMs) => atMs - phase(atMs),
  }
}

/** Calendar load of the shop, 0.55 to 1.15: quiet at night, a peak in the evening, waves of some minutes. */
export function rhythm(atMs: number): number {
  const hour = (atMs / 3_600_000) % 24
  const day = 0.5 - 0.5 * Math.cos(((hour - 4) / 24) * 2 * Math.PI)
  const evening = Math.exp(-((hour - 20) ** 2) / 6)
  const waves = Math.sin(atMs / 190_000) * 0.06 + Math.sin(atMs / 71_000 + 1) * 0.05
  return 0.66 + 0.3 * day + 0.12 * evening + waves
}
