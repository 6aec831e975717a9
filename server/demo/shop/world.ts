import type { Random } from '../core/random'
import { type Incident, incidentSchedule } from './incident'
import { type Pod, podsOf } from './pods'
import { type Region, SERVICES, type ServiceName } from './services'

export const BROKEN_VERSION = '2.14.1'

/** Everything that does not change from trace to trace: instances, and the incident's schedule. */
export class World {
  readonly incident: Incident
  private readonly pods = new Map<string, Pod[]>()

  /** @param anchorMs the incident starts 12 minutes before this time (and again, see incident.ts) */
  constructor(
    readonly seed: string,
    anchorMs: number,
  ) {
    this.incident = incidentSchedule(anchorMs)
  }

  podsOf(service: ServiceName, region: Region, version: string = SERVICES[service].version): Pod[] {
    const key = `${service} ${region} ${version}`
    let pods = this.pods.get(key)
    if (!pods) {
      pods = podsOf(this.seed, service, region, version)
      this.pods.set(key, pods)
    }
    return pods
  }

  /** The instance that answers a request: a random one of the region, payment's version by its rollout. */
  pod(random: Random, service: ServiceName, region: Region, atMs: number): Pod {
    return random.pick(this.podsOf(service, region, this.version(random, service, region, atMs)))
  }

  private version(random: Random, service: ServiceName, region: Region, atMs: number): string {
    if (service !== 'payment') return SERVICES[service].version
    // us-east-1 has run 2.14.1 for days without trouble: the version alone is not the cause.
    const share = region === 'eu-west-1' ? this.incident.rollout(atMs) : region === 'us-east-1' ? 0.6 : 0
    return random.chance(share) ? BROKEN_VERSION : SERVICES.payment.version
  }
}
