import { type Attributes, keyValues, type OtlpMetric } from '../core/otlp'
import { Random } from '../core/random'
import { rhythm } from '../shop/incident'
import type { Pod } from '../shop/pods'
import type { World } from '../shop/world'

/**
 * Process and runtime metrics as closed formulas of time: a cumulative counter must go on where it was, whoever
 * asks. Each process restarts every six hours (its own minute), so counters reset, as they do in life.
 */
const LIFETIME_MS = 6 * 3_600_000

export function runtimeMetrics(world: World, pod: Pod, atMs: number): OtlpMetric[] {
  const own = new Random(world.seed, 'runtime', pod.name)
  const birth = own.float() * LIFETIME_MS
  const startMs = Math.floor(atMs - ((((atMs - birth) % LIFETIME_MS) + LIFETIME_MS) % LIFETIME_MS))
  const aliveS = (atMs - startMs) / 1000
  const base = own.between(0.08, 0.3)
  const load = rhythm(atMs)
  const noise = new Random(world.seed, 'noise', pod.name, atMs)
  const times = {
    startTimeUnixNano: String(BigInt(startMs) * 1_000_000n),
    timeUnixNano: String(BigInt(atMs) * 1_000_000n),
  }
  const point = (value: number, attributes: Attributes = {}) => ({
    attributes: keyValues(attributes),
    ...times,
    asDouble: value,
  })
  const whole = (value: number, attributes: Attributes = {}) => ({
    attributes: keyValues(attributes),
    ...times,
    asInt: String(Math.round(value)),
  })

  const metrics: OtlpMetric[] = [
    {
      name: 'process.cpu.utilization',
      description: 'Share of the CPU that the process uses.',
      unit: '1',
      gauge: { dataPoints: [point(Math.min(1, base * load + noise.between(0, 0.06)))] },
    },
    {
      name: 'process.cpu.time',
      description: 'CPU seconds by state.',
      unit: 's',
      sum: {
        aggregationTemporality: 2,
        isMonotonic: true,
        dataPoints: [
          point(aliveS * base * 0.8, { 'cpu.mode': 'user' }),
          point(aliveS * base * 0.2, { 'cpu.mode': 'system' }),
        ],
      },
    },
    {
      name: 'process.memory.usage',
      description: 'Physical memory in use.',
      unit: 'By',
      sum: {
        aggregationTemporality: 2,
        isMonotonic: false,
        dataPoints: [
          whole(
            (180 +
              own.int(0, 200) +
              40 * load +
              (aliveS / 300) * own.between(0, 1.5) +
              noise.between(0, 12)) *
              1048576,
          ),
        ],
      },
    },
  ]
  const { language } = pod.definition
  if (language === 'java') metrics.push(jvmGc(aliveS, times))
  if (language === 'go') metrics.push(goGc(aliveS, own, times))
  if (pod.service === 'fulfilment') {
    const lag = Math.max(0, Math.round(8 * load + 6 * Math.sin(atMs / 97_000) + noise.between(0, 9)))
    metrics.push({
      name: 'kafka.consumer.lag',
      description: 'Messages behind the end of the partition.',
      unit: '{message}',
      gauge: {
        dataPoints: [0, 3].map((partition) =>
          whole(lag + partition, {
            'messaging.destination.name': 'order.created',
            'messaging.destination.partition.id': String(partition),
          }),
        ),
      },
    })
  }
  if (pod.service === 'checkout' || pod.service === 'catalogue') {
    const used = Math.max(0, Math.round(4 * load + noise.between(0, 4)))
    metrics.push({
      name: 'db.client.connection.count',
      description: 'Connections of the pool by state.',
      unit: '{connection}',
      sum: {
        aggregationTemporality: 2,
        isMonotonic: false,
        dataPoints: [
          whole(used, { 'db.client.connection.state': 'used' }),
          whole(20 - used, { 'db.client.connection.state': 'idle' }),
        ],
      },
    })
  }
  return metrics
}

interface Times {
  startTimeUnixNano: string
  timeUnixNano: string
}

/** A cumulative histogram: every bucket only grows. */
function jvmGc(aliveS: number, times: Times): OtlpMetric {
  const collections = Math.floor(aliveS / 9)
  const shares = [0.35, 0.5, 0.12, 0.029, 0.001]
  const counts = shares.map((share) => Math.floor(collections * share))
  const count = counts.reduce((a, b) => a + b, 0)
  return {
    name: 'jvm.gc.duration',
    description: 'Duration of JVM garbage collection actions.',
    unit: 's',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          attributes: keyValues({ 'jvm.gc.name': 'G1 Young Generation', 'jvm.gc.action': 'end of minor GC' }),
          ...times,
          count: String(count),
          sum: count * 0.0134,
          bucketCounts: [...counts, 0].map(String),
          explicitBounds: [0.01, 0.1, 1, 10, 100],
          min: 0.002,
          max: 0.41,
        },
      ],
    },
  }
}

/** What a Prometheus receiver makes of Go's runtime summary. */
function goGc(aliveS: number, own: Random, times: Times): OtlpMetric {
  const count = Math.floor(aliveS / 12)
  const worst = own.between(0.0009, 0.004)
  return {
    name: 'go_gc_duration_seconds',
    description: 'A summary of the wall-time pause duration in garbage collection cycles.',
    unit: 's',
    summary: {
      dataPoints: [
        {
          attributes: [],
          ...times,
          count: String(count),
          sum: count * 0.00021,
          quantileValues: [
            [0, 0.00004],
            [0.25, 0.00011],
            [0.5, 0.00017],
            [0.75, 0.00028],
            [1, worst],
          ].map(([quantile, value]) => ({
            quantile: quantile!,
            value: value!,
          })),
        },
      ],
    },
  }
}
