import { nanos } from '../core/active-span'
import { type Attributes, keyValues, Severity } from '../core/otlp'
import { Random } from '../core/random'
import type { LogEntry } from '../core/records'
import { SLOT_MS } from '../scenarios/play'
import { REGIONS, type Region, SERVICES, type ServiceName } from '../shop/services'
import { BROKEN_VERSION, type World } from '../shop/world'

/** Logs that belong to no request: garbage collection, consumer groups, the cluster, deployments. */
export function backgroundLogs(world: World, slot: number): LogEntry[] {
  const random = new Random(world.seed, 'background', slot)
  const entries: LogEntry[] = []
  const startMs = slot * SLOT_MS
  const say: Say = (
    service,
    region,
    severity,
    message,
    attributes = {},
    atMs = startMs + random.float() * SLOT_MS,
    version,
  ) => {
    const pod = random.pick(world.podsOf(service, region, version))
    const time = nanos(atMs, 0)
    const text =
      severity >= 21
        ? 'FATAL'
        : severity >= 17
          ? 'ERROR'
          : severity >= 13
            ? 'WARN'
            : severity >= 9
              ? 'INFO'
              : 'DEBUG'
    entries.push({
      pod,
      scope: pod.definition.scope,
      emitMs: atMs,
      log: {
        timeUnixNano: time,
        observedTimeUnixNano: time,
        severityNumber: severity,
        severityText: text,
        body: { stringValue: message },
        attributes: keyValues(attributes),
        ...(service === 'k8s-events' ? { eventName: 'k8s.event' } : {}),
      },
    })
  }
  const region = random.pick(REGIONS)
  routine(random, say, region)
  rollouts(world, say, startMs)
  return entries
}

type Say = (
  service: ServiceName,
  region: Region,
  severity: Severity,
  message: string,
  attributes?: Attributes,
  atMs?: number,
  version?: string,
) => void

function routine(random: Random, say: Say, region: Region): void {
  for (const service of ['catalogue', 'fulfilment'] as const) {
    const pause = random.logNormal(11, 0.7)
    say(
      service,
      region,
      pause > 60 ? Severity.Warn : Severity.Debug,
      `[gc] GC(${random.int(900, 9000)}) Pause Young (Normal) (G1 Evacuation Pause) ${random.int(300, 700)}M->${random.int(90, 240)}M(1024M) ${pause.toFixed(3)}ms`,
      { 'jvm.gc.name': 'G1 Young Generation' },
    )
  }
  if (random.chance(0.3))
    say('gateway', region, Severity.Info, `rate limiter: ${random.int(40, 400)} buckets swept`, {
      buckets: random.int(40, 400),
    })
  if (random.chance(0.25))
    say(
      'currency',
      region,
      Severity.Info,
      `refreshed exchange rates from upstream in ${random.int(80, 900)} ms`,
      { feed: 'ecb-daily' },
    )
  if (random.chance(0.12))
    say(
      'recommendation',
      region,
      Severity.Info,
      JSON.stringify({
        event: 'model refreshed',
        level: 'info',
        model: 'ranker-xgb-14',
        took_s: Math.round(random.between(2, 9) * 10) / 10,
      }),
    )
  if (random.chance(0.06)) {
    say(
      'fulfilment',
      region,
      Severity.Warn,
      `[Consumer clientId=fulfilment-consumer-1, groupId=fulfilment] Request joining group due to: group is already rebalancing`,
      {
        'messaging.consumer.group.name': 'fulfilment',
        'thread.name': 'org.springframework.kafka.KafkaListenerEndpointContainer#0-0-C-1',
      },
    )
    say('fulfilment', region, Severity.Info, 'partitions assigned: order.created-0, order.created-3', {
      'messaging.consumer.group.name': 'fulfilment',
    })
  }
  if (random.chance(0.04))
    say('web', region, Severity.Error, 'unhandledRejection: socket hang up', {
      'exception.type': 'Error',
      'exception.message': 'socket hang up',
      'exception.stacktrace':
        'Error: socket hang up\n    at TLSSocket.socketCloseListener (node:_http_client:473:25)\n    at TLSSocket.emit (node:events:531:35)\n    at node:net:351:12',
    })
  if (random.chance(0.012)) {
    const pod = `recommendation-${random.suffix(5)}`
    say(
      'recommendation',
      region,
      Severity.Fatal,
      'worker received SIGKILL (out of memory), master restarts it',
      { 'process.exit.code': 137 },
    )
    say('k8s-events', region, Severity.Warn, `Container recommendation was OOMKilled`, {
      'k8s.event.reason': 'OOMKilling',
      'k8s.object.kind': 'Pod',
      'k8s.object.name': pod,
    })
  }
}

/** The clue in the logs: a rollout just before the incident, and its end. */
function rollouts(world: World, say: Say, startMs: number): void {
  const before = world.incident.rollout(startMs - 1)
  const after = world.incident.rollout(startMs + SLOT_MS - 1)
  if (before === after) return
  const up = after > before
  const version = up ? BROKEN_VERSION : SERVICES.payment.version
  const attributes = {
    'k8s.event.reason': 'ScalingReplicaSet',
    'k8s.object.kind': 'Deployment',
    'k8s.object.name': 'payment',
    'service.version': version,
  }
  const at = startMs + SLOT_MS / 2
  say(
    'k8s-events',
    'eu-west-1',
    Severity.Info,
    `Scaled up replica set for deployment payment to 3 (image registry.shop.example/payment:${version})`,
    attributes,
    at,
  )
  for (let pod = 0; pod < 3; pod++) {
    say(
      'payment',
      'eu-west-1',
      Severity.Info,
      `payment ${version} listening on :8084 (issuer client v3, keep-alive ${up ? 'on' : 'off'})`,
      { 'service.version': version },
      at + 800 * (pod + 1),
      version,
    )
  }
  if (!up)
    say(
      'k8s-events',
      'eu-west-1',
      Severity.Warn,
      `Rolled back deployment payment to ${version}: progress deadline exceeded`,
      { ...attributes, 'k8s.event.reason': 'DeploymentRollback' },
      at + 3000,
    )
}
