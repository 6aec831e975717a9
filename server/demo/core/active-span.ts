import type { Pod } from '../shop/pods'
import type { ServiceName } from '../shop/services'
import { type Attributes, Kind, keyValues, type Scope, Severity, Status, type Value } from './otlp'
import type { Body, PublishedMessage, Scene } from './scene'
import { type Exception, formatStackTrace } from './stack-trace'

export interface SpanOptions {
  readonly kind?: Kind
  readonly scope?: Scope
  readonly attributes?: Attributes
}

interface Event {
  readonly atMs: number
  readonly name: string
  readonly attributes: Attributes
}

const SAMPLED = 1
/** The flag bits of OTLP that say that a parent lies in another process (context has/is remote). */
const REMOTE_KNOWN = 0x100
const REMOTE = 0x200

const SEVERITY_TEXT: Readonly<Record<Severity, string>> = {
  [Severity.Trace]: 'TRACE',
  [Severity.Debug]: 'DEBUG',
  [Severity.Info]: 'INFO',
  [Severity.Warn]: 'WARN',
  [Severity.Error]: 'ERROR',
  [Severity.Fatal]: 'FATAL',
}

/** A span while it runs. `nowMs` is the time since the scene's start; everything that takes time moves it. */
export class ActiveSpan {
  readonly spanId: string
  nowMs: number
  /** Set by HTTP and gRPC servers, read by their clients. */
  httpStatus = 200
  failure: string | null = null
  private attributes: Record<string, Value | undefined>
  private readonly events: Event[] = []
  private readonly links: { traceId: string; spanId: string; attributes: Attributes }[] = []
  private statusOk = false

  constructor(
    readonly scene: Scene,
    readonly parent: ActiveSpan | null,
    readonly pod: Pod,
    readonly name: string,
    private readonly options: SpanOptions,
    readonly startMs: number,
  ) {
    this.spanId = scene.random.hex(8)
    this.nowMs = startMs
    this.attributes = { ...options.attributes }
  }

  get random(): Scene['random'] {
    return this.scene.random
  }

  get absoluteMs(): number {
    return this.scene.startMs + this.nowMs
  }

  /** Work of about `medianMs`, log-normally spread. */
  spend(medianMs: number, spread = 0.35): this {
    this.nowMs += this.random.logNormal(medianMs, spread)
    return this
  }

  /** A span inside this one, in the same process unless `service` says otherwise. Time passes by its length. */
  child(name: string, options: SpanOptions & { service?: ServiceName }, body?: Body): ActiveSpan {
    // A little of its own work before each call: no two things start in the same nanosecond.
    this.nowMs += this.random.between(0.008, 0.09)
    const span = openSpan(this.scene, this, name, options, this.nowMs, body)
    this.nowMs = Math.max(this.nowMs, span.nowMs)
    return span
  }

  /** Runs the branches from the same moment; afterwards it is as late as the last of them. */
  parallel(branches: readonly Body[]): this {
    const start = this.nowMs
    let end = start
    for (const branch of branches) {
      this.nowMs = start + this.random.between(0.02, 0.4)
      branch(this)
      end = Math.max(end, this.nowMs)
    }
    this.nowMs = end
    return this
  }

  /** Runs a branch that this span does not wait for. */
  later(delayMs: number, branch: Body): this {
    const resume = this.nowMs
    this.nowMs += delayMs
    branch(this)
    this.nowMs = resume
    return this
  }

  set(attributes: Attributes): this {
    Object.assign(this.attributes, attributes)
    return this
  }

  event(name: string, attributes: Attributes = {}): this {
    this.events.push({ atMs: this.nowMs, name, attributes })
    return this
  }

  link(message: PublishedMessage, attributes: Attributes = {}): this {
    this.links.push({ traceId: message.traceId, spanId: message.spanId, attributes })
    return this
  }

  ok(): this {
    this.statusOk = true
    return this
  }

  /** Status Error; `errorType` as the conventions want it: a status code or an exception type. */
  fail(message: string, errorType?: string): this {
    this.failure = message
    if (errorType !== undefined) this.attributes['error.type'] = errorType
    return this
  }

  /** Records an exception event with a stack trace in the service's language, and fails. */
  throw(exception: Exception, status: string = exception.message): this {
    this.event('exception', {
      'exception.type': exception.type,
      'exception.message': exception.message,
      'exception.stacktrace': formatStackTrace(this.pod.definition.language, exception),
      'exception.escaped': this.pod.definition.language === 'python' ? 'False' : undefined,
    })
    return this.fail(status, exception.type)
  }

  log(severity: Severity, message: string, attributes: Attributes = {}, body?: Value): this {
    const { pod, scene } = this
    const atMs = this.nowMs
    const time = nanos(scene.startMs, atMs)
    const ids = { trace_id: scene.traceId, span_id: this.spanId }
    const where = pod.definition.logIds
    const text = SEVERITY_TEXT[severity]
    const json = {
      event: message,
      level: text.toLowerCase(),
      logger: pod.definition.scope.name,
      ...attributes,
      ...ids,
    }
    scene.logs.push({
      pod,
      scope: pod.definition.scope,
      emitMs: scene.startMs + atMs,
      log: {
        timeUnixNano: time,
        observedTimeUnixNano: time,
        severityNumber: severity,
        severityText: text,
        body:
          where === 'body'
            ? { stringValue: JSON.stringify(json) }
            : keyValues({ body: body ?? message })[0]!.value,
        attributes: keyValues(
          where === 'body' ? {} : where === 'attributes' ? { ...attributes, ...ids } : attributes,
        ),
        ...(where === 'field' ? { traceId: scene.traceId, spanId: this.spanId, flags: SAMPLED } : {}),
      },
    })
    return this
  }

  debug(message: string, attributes?: Attributes): this {
    return this.log(Severity.Debug, message, attributes)
  }
  info(message: string, attributes?: Attributes): this {
    return this.log(Severity.Info, message, attributes)
  }
  warn(message: string, attributes?: Attributes): this {
    return this.log(Severity.Warn, message, attributes)
  }
  error(message: string, attributes?: Attributes): this {
    return this.log(Severity.Error, message, attributes)
  }

  /** Called once, when the body has run. */
  finish(): void {
    const { scene, parent, pod } = this
    const remote = parent !== null && parent.pod !== pod
    scene.spans.push({
      pod,
      scope: this.options.scope ?? pod.definition.scope,
      emitMs: scene.startMs + this.nowMs,
      durationMs: this.nowMs - this.startMs,
      span: {
        traceId: scene.traceId,
        spanId: this.spanId,
        ...(parent ? { parentSpanId: parent.spanId } : {}),
        flags: SAMPLED | REMOTE_KNOWN | (remote ? REMOTE : 0),
        name: this.name,
        kind: this.options.kind ?? Kind.Internal,
        startTimeUnixNano: nanos(scene.startMs, this.startMs),
        endTimeUnixNano: nanos(scene.startMs, this.nowMs),
        attributes: keyValues(this.attributes),
        ...(this.events.length > 0
          ? {
              events: this.events.map((event) => ({
                timeUnixNano: nanos(scene.startMs, event.atMs),
                name: event.name,
                attributes: keyValues(event.attributes),
              })),
            }
          : {}),
        ...(this.links.length > 0
          ? { links: this.links.map((link) => ({ ...link, attributes: keyValues(link.attributes) })) }
          : {}),
        status:
          this.failure !== null
            ? { code: Status.Error, message: this.failure }
            : this.statusOk
              ? { code: Status.Ok }
              : {},
      },
    })
  }
}

export function openSpan(
  scene: Scene,
  parent: ActiveSpan | null,
  name: string,
  options: SpanOptions & { service?: ServiceName },
  startMs: number,
  body?: Body,
): ActiveSpan {
  const pod =
    options.service === undefined && parent
      ? parent.pod
      : scene.world.pod(scene.random, options.service ?? 'web', scene.shopper.region, scene.startMs)
  const span = new ActiveSpan(scene, parent, pod, name, options, startMs)
  body?.(span)
  span.finish()
  return span
}

/** Epoch nanoseconds: the start is a double of milliseconds, the offset keeps its nanoseconds. */
export function nanos(startMs: number, offsetMs: number): string {
  const whole = Math.floor(startMs)
  const rest = Math.round((startMs - whole + offsetMs) * 1e6)
  return String(BigInt(whole) * 1_000_000n + BigInt(rest))
}
