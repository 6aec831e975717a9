import { type Attributes, keyValues, type Resource } from '../core/otlp'
import { Random } from '../core/random'
import {
  type Region,
  SDKS,
  SERVICES,
  type ServiceDefinition,
  type ServiceName,
  SHOP_NAMESPACE,
} from './services'

/** One running instance of a service: what a `Resource` describes. */
export interface Pod {
  readonly service: ServiceName
  readonly definition: ServiceDefinition
  readonly version: string
  readonly region: Region
  readonly name: string
  readonly resource: Resource
}

const NETWORK: Readonly<Record<Region, number>> = { 'eu-west-1': 10, 'us-east-1': 20, 'ap-southeast-1': 30 }

/** The instances of a service in a region, the same for the same seed. */
export function podsOf(seed: string, service: ServiceName, region: Region, version: string): Pod[] {
  const definition: ServiceDefinition = SERVICES[service]
  const replicaSet = new Random(seed, 'replicaset', service, region, version).suffix(9)
  return Array.from({ length: definition.replicas }, (_, index) => {
    const random = new Random(seed, 'pod', service, region, version, index)
    const name = `${service}-${replicaSet}-${random.suffix(5)}`
    const attributes = resourceAttributes(random, service, definition, region, version, name, replicaSet)
    return { service, definition, version, region, name, resource: { attributes: keyValues(attributes) } }
  })
}

function resourceAttributes(
  random: Random,
  service: ServiceName,
  definition: ServiceDefinition,
  region: Region,
  version: string,
  pod: string,
  replicaSet: string,
): Attributes {
  const sdk = SDKS[definition.language]
  // Few nodes for many pods, so that the pod's node is worth a facet.
  const node = `ip-${NETWORK[region]}-2-${random.int(1, 3)}-${random.int(4, 7)}`
  return {
    'service.name': service,
    'service.version': version,
    'service.namespace': SHOP_NAMESPACE,
    'service.instance.id': random.uuid(),
    'deployment.environment.name': 'production',
    'telemetry.sdk.language': definition.language,
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': sdk.version,
    'telemetry.distro.name': sdk.distro?.[0],
    'telemetry.distro.version': sdk.distro?.[1],
    'process.pid': definition.language === 'go' ? 1 : random.int(7, 48),
    'process.command': sdk.command,
    'process.runtime.name': sdk.runtime[0],
    'process.runtime.version': sdk.runtime[1],
    'process.runtime.description': sdk.runtime[2],
    'os.type': 'linux',
    'host.name': node,
    'host.arch': random.chance(0.3) ? 'arm64' : 'amd64',
    'container.image.name': `registry.shop.example/${service}`,
    'container.image.tags': [version],
    'k8s.cluster.name': `shop-${region}`,
    'k8s.namespace.name': 'shop',
    'k8s.deployment.name': service,
    'k8s.replicaset.name': `${service}-${replicaSet}`,
    'k8s.pod.name': pod,
    'k8s.node.name': `${node}.${region}.compute.internal`,
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_eks',
    'cloud.region': region,
    'cloud.availability_zone': `${region}${random.pick(['a', 'b', 'c'])}`,
  }
}
