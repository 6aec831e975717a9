'use client'

import type { SearchSource } from '@/components/search/search-params'
import { formatDuration } from '@/lib/format/duration'
import { parseIso } from '@/lib/time/range'
import { AttributeRow } from './attribute-row'
import { attributeGroups, column, eventsOf, type RecordEvent, type WholeRecord } from './record'

const FACTS: Readonly<Record<SearchSource, readonly string[]>> = {
  traces: ['StatusMessage', 'SpanKind', 'TraceId', 'SpanId', 'ParentSpanId', 'ScopeName'],
  logs: ['EventName', 'TraceId', 'SpanId', 'ScopeName'],
}

/** The message, the exceptions, the ids, and the attributes, in the order in which they help. */
export function OverviewTab({ source, record }: { source: SearchSource; record: WholeRecord }) {
  const body = column(record, 'Body')
  const facts = FACTS[source].filter((name) => column(record, name) !== '')
  const events = eventsOf(record)
  const start = parseIso(column(record, 'Timestamp'))
  return (
    <div className="flex flex-col gap-1 p-2">
      {source === 'logs' && body.length > 200 ? (
        <pre className="m-2 max-h-96 overflow-auto rounded-md border bg-canvas p-3 text-xs break-words whitespace-pre-wrap">
          {body}
        </pre>
      ) : null}
      {events.map((event) => (
        <EventBox key={`${event.time} ${event.name}`} event={event} start={start} />
      ))}
      <dl className="pt-1">
        {facts.map((name) => (
          <AttributeRow key={name} name={name} value={column(record, name)} field={name} />
        ))}
      </dl>
      {attributeGroups(record).map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h3 className="px-2 pt-3 pb-1 text-2xs font-semibold text-faint">{group.title}</h3>
          <dl>
            {group.entries.map(({ key, value, field }) => (
              <AttributeRow key={key} name={key} value={value} field={field} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

function EventBox({ event, start }: { event: RecordEvent; start: bigint | null }) {
  const time = parseIso(event.time)
  const {
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': stack,
    ...rest
  } = event.attributes
  const isException = event.name === 'exception' || type !== undefined
  return (
    <section
      className={`mx-2 my-1 border-l-2 py-1 pl-3 ${isException ? 'border-l-bar-error' : 'border-l-strong'}`}
    >
      <h3 className="flex items-baseline gap-2 text-xs">
        <span className="font-semibold break-words">
          {isException ? [type, message].filter(Boolean).join(': ') || event.name : event.name}
        </span>
        {time !== null && start !== null ? (
          <span className="shrink-0 text-faint">+{formatDuration(time - start)}</span>
        ) : null}
      </h3>
      {stack ? (
        <pre className="mt-1 max-h-56 overflow-auto text-2xs break-words whitespace-pre-wrap text-muted">
          {stack}
        </pre>
      ) : null}
      {Object.entries(rest).map(([key, value]) => (
        <div key={key} className="font-mono text-2xs break-words">
          <span className="text-muted">{key}</span> {value}
        </div>
      ))}
    </section>
  )
}
