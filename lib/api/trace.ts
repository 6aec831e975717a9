import * as z from 'zod'
import { TimeInput } from './common'

/** Query string of the trace calls. `from` and `to` are hints: a trace outside of them is still found. */
export const TraceQuery = z
  .object({ from: TimeInput.optional(), to: TimeInput.optional(), view: z.enum(['skeleton']).optional() })
  .strict()
export type TraceQuery = z.infer<typeof TraceQuery>

/** Attribute values are strings, as stored; the order of keys is the sender's. */
const Attributes = z.record(z.string(), z.string())

export const TraceEvent = z.object({ time: z.string(), name: z.string(), attributes: Attributes })
export type TraceEvent = z.infer<typeof TraceEvent>

export const TraceLink = z.object({
  traceId: z.string(),
  spanId: z.string(),
  traceState: z.string(),
  attributes: Attributes,
})
export type TraceLink = z.infer<typeof TraceLink>

export const TraceSpan = z.object({
  spanId: z.string(),
  /** '' for a root. May name a span that is not in the trace. */
  parentSpanId: z.string(),
  name: z.string(),
  /** Unspecified, Internal, Server, Client, Producer, Consumer. */
  kind: z.string(),
  service: z.string(),
  start: z.string(),
  /** Nanoseconds, decimal. */
  durationNs: z.string(),
  /** Unset, Ok, Error. */
  status: z.string(),
  statusMessage: z.string(),
  traceState: z.string(),
  attributes: Attributes,
  resource: Attributes,
  scope: z.object({ name: z.string(), version: z.string() }),
  events: z.array(TraceEvent),
  links: z.array(TraceLink),
})
export type TraceSpan = z.infer<typeof TraceSpan>

export const TraceLog = z.object({
  /** Row id, as in search. */
  id: z.string(),
  time: z.string(),
  spanId: z.string(),
  severityText: z.string(),
  severityNumber: z.number().int(),
  service: z.string(),
  body: z.string(),
  eventName: z.string(),
  attributes: Attributes,
  resource: Attributes,
})
export type TraceLog = z.infer<typeof TraceLog>

const TraceHead = z.object({
  traceId: z.string(),
  start: z.string(),
  end: z.string(),
  durationNs: z.string(),
  services: z.array(z.object({ name: z.string(), spanCount: z.number().int() })),
  spanCount: z.number().int(),
  errorCount: z.number().int(),
  /** The trace has more spans or logs than were returned. */
  truncated: z.boolean(),
})

/** GET /api/v1/traces/{traceId}. Spans in order of start; at most 10,000 logs. */
export const TraceResponse = TraceHead.extend({ spans: z.array(TraceSpan), logs: z.array(TraceLog) })
export type TraceResponse = z.infer<typeof TraceResponse>

/** Bits of `marks`. */
export const SPAN_MARK = { event: 1, exception: 2, link: 4, log: 8, genAi: 16 } as const

/**
 * Arrays with a place for each of 250,000 spans: checked in one pass, as an issue for each of a million items is of
 * use to nobody.
 */
const Numbers = z
  .custom<number[]>((value) => Array.isArray(value) && value.every((item) => typeof item === 'number'))
  .meta({ type: 'array', items: { type: 'number' } })
const Texts = z
  .custom<string[]>((value) => Array.isArray(value) && value.every((item) => typeof item === 'string'))
  .meta({ type: 'array', items: { type: 'string' } })

/**
 * GET /api/v1/traces/{traceId}?view=skeleton: one object of arrays, ordered by start, without attributes.
 * `service` and `name` index into `serviceNames` and `spanNames`; `parent` indexes into the arrays, -1 for a
 * span whose parent is absent (`parentSpanId` in `orphanParents` then says which, '' for a true root).
 */
export const TraceSkeleton = TraceHead.extend({
  serviceNames: z.array(z.string()),
  spanNames: z.array(z.string()),
  spans: z.object({
    spanId: Texts,
    parent: Numbers,
    name: Numbers,
    service: Numbers,
    /** 0 Unspecified, 1 Internal, 2 Server, 3 Client, 4 Producer, 5 Consumer. */
    kind: Numbers,
    /** Offset from the trace's start: numbers are exact below 2^53 ns, 104 days. */
    startNs: Numbers,
    durationNs: Numbers,
    /** 0 Unset, 1 Ok, 2 Error. */
    status: Numbers,
    /** SPAN_MARK bits. */
    marks: Numbers,
  }),
  /** Where in time the events of spans happened, span by span; at most 16 of each kind of a span. */
  events: z.object({
    /** Index into `spans`. */
    span: Numbers,
    /** Offset from the trace's start. */
    atNs: Numbers,
    /** 1: an exception. */
    exception: Numbers,
  }),
  /** Index of a span → the id of its parent that is not in the trace. */
  orphanParents: z.record(z.string(), z.string()),
  /** Enough of each log for its place in the tree; the body is cut after 500 characters. At most 10,000. */
  logs: z.array(TraceLog.omit({ attributes: true, resource: true })),
})
export type TraceSkeleton = z.infer<typeof TraceSkeleton>

/** GET /api/v1/traces/{traceId}/spans/{spanId}. Duplicated span ids give several spans. */
export const SpanResponse = z.object({
  traceId: z.string(),
  spans: z.array(TraceSpan),
  logs: z.array(TraceLog),
})
export type SpanResponse = z.infer<typeof SpanResponse>
