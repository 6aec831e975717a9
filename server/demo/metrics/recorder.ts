import { type KeyValue, keyValues, type MetricsRequest, type OtlpMetric, type Scope } from '../core/otlp'
import type { SpanRecord } from '../core/records'
import type { Pod } from '../shop/pods'
import { REGIONS, SERVICE_NAMES } from '../shop/services'
import { BROKEN_VERSION, type World } from '../shop/world'
import { exponentialPoint, histogramPoint, type Sample } from './points'
import { runtimeMetrics } from './runtime'

export const METRICS_INTERVAL_MS = 30_000

/** Seconds: the bounds that the conventions advise for request durations. */
const DURATION_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

interface Series {
  readonly pod: Pod
  readonly attributes: KeyValue[]
  readonly samples: Sample[]
}

/** Turns the spans of each interval into metrics (so that both tell the same story), and adds the runtimes'. */
export class MetricsRecorder {
  private http = new Map<string, Series>()
  private rpc = new Map<string, Series>()
  private llmDuration = new Map<string, Series>()
  private llmTokens = new Map<string, Series>()
  private charges = new Map<string, Series>()

  constructor(private readonly world: World) {}

  record(spans: readonly SpanRecord[]): void {
    for (const record of spans) {
      const { span, durationMs } = record
      const attributes = new Map(
        span.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? '']),
      )
      const seconds = durationMs / 1000
      const keep = (
        into: Map<string, Series>,
        value: number,
        names: readonly string[],
        more: readonly KeyValue[] = [],
      ): void => {
        const labels = [...span.attributes.filter(({ key }) => names.includes(key)), ...more]
        const key = `${record.pod.name} ${JSON.stringify(labels)}`
        const series = into.get(key) ?? { pod: record.pod, attributes: labels, samples: [] }
        into.set(key, series)
        series.samples.push({
          value,
          traceId: span.traceId,
          spanId: span.spanId,
          timeUnixNano: span.endTimeUnixNano,
        })
      }
      if (span.kind === 2 && attributes.has('http.route')) {
        keep(this.http, seconds, [
          'http.request.method',
          'http.route',
          'http.response.status_code',
          'url.scheme',
          'error.type',
        ])
      }
      if (span.kind === 2 && attributes.has('rpc.method')) {
        keep(this.rpc, seconds, ['rpc.system', 'rpc.service', 'rpc.method', 'rpc.grpc.status_code'])
      }
      if (span.kind === 3 && attributes.has('gen_ai.request.model')) {
        const names = ['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.request.model', 'error.type']
        keep(this.llmDuration, seconds, names)
        for (const type of ['input', 'output']) {
          const used = Number(attributes.get(`gen_ai.usage.${type}_tokens`) ?? 0)
          if (used > 0) keep(this.llmTokens, used, names, keyValues({ 'gen_ai.token.type': type }))
        }
      }
      if (attributes.has('payment.outcome'))
        keep(this.charges, 1, ['payment.outcome', 'payment.card.type', 'payment.currency'])
    }
  }

  /** The metrics of the interval that ends at `atMs`, and a fresh start. */
  collect(atMs: number): MetricsRequest {
    const start = String(BigInt(atMs - METRICS_INTERVAL_MS) * 1_000_000n)
    const time = String(BigInt(atMs) * 1_000_000n)
    const byPod = new Map<Pod, OtlpMetric[]>()
    const add = (series: Map<string, Series>, metric: (points: readonly Series[]) => OtlpMetric): void => {
      const pods = new Map<Pod, Series[]>()
      for (const one of series.values()) pods.set(one.pod, [...(pods.get(one.pod) ?? []), one])
      for (const [pod, list] of pods) byPod.set(pod, [...(byPod.get(pod) ?? []), metric(list)])
    }
    const durations =
      (name: string, description: string) =>
      (list: readonly Series[]): OtlpMetric => ({
        name,
        description,
        unit: 's',
        histogram: {
          aggregationTemporality: 1,
          dataPoints: list.map((one) =>
            histogramPoint(one.attributes, one.samples, DURATION_BOUNDS, start, time),
          ),
        },
      })
    const exponential =
      (name: string, description: string, unit: string) =>
      (list: readonly Series[]): OtlpMetric => ({
        name,
        description,
        unit,
        exponentialHistogram: {
          aggregationTemporality: 1,
          dataPoints: list.map((one) => exponentialPoint(one.attributes, one.samples, start, time)),
        },
      })
    add(this.http, durations('http.server.request.duration', 'Duration of HTTP server requests.'))
    add(this.rpc, durations('rpc.server.call.duration', 'Duration of inbound remote procedure calls.'))
    add(this.llmDuration, exponential('gen_ai.client.operation.duration', 'GenAI operation duration.', 's'))
    add(
      this.llmTokens,
      exponential('gen_ai.client.token.usage', 'Number of input and output tokens used.', '{token}'),
    )
    add(this.charges, (list) => ({
      name: 'shop.payment.charges',
      description: 'Charges by outcome.',
      unit: '{charge}',
      sum: {
        aggregationTemporality: 1,
        isMonotonic: true,
        dataPoints: list.map((one) => ({
          attributes: one.attributes,
          startTimeUnixNano: start,
          timeUnixNano: time,
          asInt: String(one.samples.length),
        })),
      },
    }))
    for (const series of [this.http, this.rpc, this.llmDuration, this.llmTokens, this.charges]) series.clear()
    return this.request(byPod, atMs)
  }

  private request(byPod: ReadonlyMap<Pod, OtlpMetric[]>, atMs: number): MetricsRequest {
    const scope = (pod: Pod): Scope => ({
      name: `${pod.definition.scope.name}.metrics`,
      version: pod.version,
    })
    return {
      resourceMetrics: this.livingPods(atMs).map((pod) => ({
        resource: pod.resource,
        scopeMetrics: [
          {
            scope: scope(pod),
            metrics: [...(byPod.get(pod) ?? []), ...runtimeMetrics(this.world, pod, atMs)],
          },
        ],
      })),
    }
  }

  private livingPods(atMs: number): Pod[] {
    return SERVICE_NAMES.filter((service) => service !== 'k8s-events').flatMap((service) =>
      REGIONS.flatMap((region) => {
        const pods = this.world.podsOf(service, region)
        if (service !== 'payment' || region === 'ap-southeast-1') return pods
        const broken = region === 'us-east-1' || this.world.incident.rollout(atMs) > 0
        return broken ? [...pods, ...this.world.podsOf(service, region, BROKEN_VERSION)] : pods
      }),
    )
  }
}
