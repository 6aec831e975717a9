import { parseAsString, parseAsStringLiteral } from 'nuqs'

export const TRACE_TABS = ['waterfall', 'logs', 'json'] as const
export type TraceTab = (typeof TRACE_TABS)[number]

/** State of the Trace page in its address: what is open, and what is searched for. */
export const traceParams = {
  tab: parseAsStringLiteral(TRACE_TABS).withDefault('waterfall'),
  /** Id of the open span; `id~2` is the second one with that id. */
  span: parseAsString,
  /** Row id of the open log. */
  log: parseAsString,
  q: parseAsString.withDefault(''),
}
