import { cn } from '@/components/ui/cn'
import type { TraceEvent } from '@/lib/api/trace'
import { formatDuration } from '@/lib/format/duration'
import { isException } from '@/lib/trace/exceptions'
import { offsetReader } from '@/lib/trace/offset'
import { AttributeKey } from './attribute-key'
import { keyed } from './keyed'
import { LongText } from './long-text'

/** Events of a span in order of time, with their offset from its start. */
export function EventList({ events, startIso }: { events: readonly TraceEvent[]; startIso: string }) {
  const offsetOf = offsetReader(startIso)
  return (
    <ol className="mt-2 space-y-2">
      {keyed(events, (event) => event.time + event.name).map(({ key, item: event }) => (
        <li key={key} className="rounded-md border px-2.5 py-1.5 text-xs">
          <div className="flex items-baseline gap-2">
            <span className="shrink-0 font-mono text-2xs text-faint">
              +{formatDuration(offsetOf(event.time))}
            </span>
            <span className={cn('min-w-0 font-medium break-words', isException(event) && 'text-error')}>
              {event.name || '(no name)'}
            </span>
          </div>
          <dl className="mt-1">
            {Object.entries(event.attributes).map(([key, value]) => (
              <div key={key} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 py-0.5 font-mono">
                <dt className="break-words text-muted">
                  <AttributeKey name={key} />
                </dt>
                <dd className="min-w-0 break-words">
                  <LongText text={value} limit={300} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  )
}
