import { ListFilter, ScrollText } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { ServiceName } from '@/components/ui/service-dot'
import type { TraceSpan } from '@/lib/api/trace'
import { formatDuration } from '@/lib/format/duration'
import { formatIso, parseIso } from '@/lib/time/range'
import type { TraceModel } from '@/lib/trace/model'
import { selfTimeNs } from '@/lib/trace/self-time'
import { flagNotes } from './flag-notes'
import { logsAroundHref, similarSpansHref } from './search-links'

const KINDS = ['', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'] as const

const ACTION =
  'inline-flex h-6 items-center gap-1.5 rounded-md border border-strong px-2 text-xs font-medium text-fg hover:bg-hover'

interface SpanHeadingProps {
  model: TraceModel
  node: number
  span: TraceSpan | undefined
}

/** Name, service, times and status of a span, and where to go from it. */
export function SpanHeading({ model, node, span }: SpanHeadingProps) {
  const { spans, serviceNames, spanNames, start } = model.skeleton
  const service = serviceNames[spans.service[node]!] ?? ''
  const name = spanNames[spans.name[node]!] ?? ''
  const status = spans.status[node]
  const kind = KINDS[spans.kind[node] ?? 0]
  const notes = flagNotes(model.flags[node] ?? 0)
  const place = {
    service,
    name,
    start: span?.start ?? formatIso((parseIso(start) ?? 0n) + BigInt(Math.round(model.start[node]!))),
    durationNs: model.duration[node]!,
  }
  return (
    <div className="border-b px-4 pt-2.5 pb-2.5">
      <h2 className="pr-8 text-base font-semibold break-words">{name || '(no name)'}</h2>
      <div className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        <ServiceName service={service} />
        {kind ? <span>· {kind}</span> : null}
        <span className="tabular-nums">· {formatDuration(model.duration[node]!)}</span>
        <span className="tabular-nums">· self {formatDuration(selfTimeNs(model, node))}</span>
        {status === 2 ? <Badge tone="error">Error</Badge> : status === 1 ? <Badge tone="ok">Ok</Badge> : null}
      </div>
      {span?.statusMessage ? (
        <p className="mt-1 text-xs break-words text-error">{span.statusMessage}</p>
      ) : null}
      {notes.map((note) => (
        <p key={note} className="mt-1 text-xs text-warn">
          {note}
        </p>
      ))}
      <div className="mt-2 flex flex-wrap gap-1.5">
        <Link href={similarSpansHref(place)} prefetch={false} className={ACTION}>
          <ListFilter size={12} aria-hidden />
          Find similar spans
        </Link>
        <Link href={logsAroundHref(place)} prefetch={false} className={ACTION}>
          <ScrollText size={12} aria-hidden />
          Logs around this span
        </Link>
      </div>
    </div>
  )
}
