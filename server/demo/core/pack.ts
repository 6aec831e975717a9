import type { Pod } from '../shop/pods'
import type { LogsRequest, OtlpLog, OtlpSpan, Scope, TraceRequest } from './otlp'
import type { LogEntry, SpanRecord } from './records'

/** Records grouped by who sent them and by which library, as an exporter's batch is. */
export function packSpans(records: readonly SpanRecord[]): TraceRequest {
  return {
    resourceSpans: group(records, (record) => record.span).map(({ pod, scopes }) => ({
      resource: pod.resource,
      scopeSpans: scopes.map(({ scope, items }): { scope: Scope; spans: OtlpSpan[] } => ({
        scope,
        spans: items,
      })),
    })),
  }
}

export function packLogs(records: readonly LogEntry[]): LogsRequest {
  return {
    resourceLogs: group(records, (record) => record.log).map(({ pod, scopes }) => ({
      resource: pod.resource,
      scopeLogs: scopes.map(({ scope, items }): { scope: Scope; logRecords: OtlpLog[] } => ({
        scope,
        logRecords: items,
      })),
    })),
  }
}

interface Group<Item> {
  readonly pod: Pod
  readonly scopes: { readonly scope: Scope; readonly items: Item[] }[]
}

function group<R extends { readonly pod: Pod; readonly scope: Scope }, Item>(
  records: readonly R[],
  item: (record: R) => Item,
): Group<Item>[] {
  const pods = new Map<Pod, Map<Scope, Item[]>>()
  for (const record of records) {
    const scopes: Map<Scope, Item[]> = pods.get(record.pod) ?? new Map()
    pods.set(record.pod, scopes)
    const items = scopes.get(record.scope)
    if (items) items.push(item(record))
    else scopes.set(record.scope, [item(record)])
  }
  return [...pods].map(([pod, scopes]) => ({
    pod,
    scopes: [...scopes].map(([scope, items]) => ({ scope, items })),
  }))
}
