'use client'

import { useState } from 'react'
import { usePreferences } from '@/components/frame/preferences'
import { CopyButton } from '@/components/ui/copy-button'
import { Input } from '@/components/ui/input'
import type { TraceLog, TraceSpan } from '@/lib/api/trace'
import { formatDateTime } from '@/lib/time/clock'
import { parseIso } from '@/lib/time/range'
import { exceptionsOf } from '@/lib/trace/exceptions'
import { genAiView, isShownByGenAi } from '@/lib/trace/gen-ai/view'
import { AttributeList } from './attribute-list'
import { ExceptionView } from './exception-view'
import { GenAiSection } from './gen-ai-section'
import { keyed } from './keyed'

interface SpanDetailsProps {
  span: TraceSpan
  logs: readonly TraceLog[]
  traceId: string
}

/** Exceptions first, then the GenAI view, then attributes, resource, scope and ids. */
export function SpanDetails({ span, logs, traceId }: SpanDetailsProps) {
  const [filter, setFilter] = useState('')
  const { preferences } = usePreferences()
  const genAi = genAiView(span.attributes, [
    ...span.events,
    ...logs.map((log) => ({ name: log.eventName, attributes: log.attributes, body: log.body })),
  ])
  const attributes = genAi
    ? Object.fromEntries(Object.entries(span.attributes).filter(([key]) => !isShownByGenAi(key)))
    : span.attributes
  const start = parseIso(span.start)
  const facts: [string, string][] = [
    ['Span id', span.spanId],
    ['Parent span id', span.parentSpanId],
    ['Trace id', traceId],
    ['Start', start === null ? span.start : formatDateTime(start, preferences.zone)],
    ['Scope', [span.scope.name, span.scope.version].filter(Boolean).join(' ')],
    ['Trace state', span.traceState],
  ]
  const wanted = filter.trim().toLowerCase()
  const total = Object.keys(attributes).length + Object.keys(span.resource).length
  const nothing =
    wanted !== '' &&
    ![...Object.entries(attributes), ...Object.entries(span.resource)].some(([key, value]) =>
      `${key}\n${value}`.toLowerCase().includes(wanted),
    )
  return (
    <>
      {keyed(exceptionsOf(span.events), (exception) => exception.time).map(({ key, item }) => (
        <ExceptionView key={key} exception={item} />
      ))}
      {genAi ? <GenAiSection view={genAi} /> : null}
      {total > 8 ? (
        <Input
          type="search"
          aria-label="Filter attributes"
          placeholder="Filter attributes"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="mt-3 h-7 w-full text-xs"
        />
      ) : null}
      {nothing ? <p className="mt-3 text-xs text-muted">No attribute contains “{filter}”.</p> : null}
      <AttributeList
        title="Attributes"
        source="traces"
        fieldOf={(key) => `SpanAttributes.${key}`}
        attributes={attributes}
        filter={filter}
        startIso={span.start}
      />
      <AttributeList
        title="Resource"
        source="traces"
        fieldOf={(key) => `ResourceAttributes.${key}`}
        attributes={span.resource}
        filter={filter}
        startIso={span.start}
      />
      <h3 className="mt-3 mb-1 text-xs font-semibold text-muted">Span</h3>
      <dl>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div
              key={name}
              className="group relative grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 py-[3px] text-xs"
            >
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 font-mono break-words">{value}</dd>
              <dd className="absolute top-0.5 right-0 bg-panel opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                <CopyButton text={value} label={`Copy ${name.toLowerCase()}`} size="xs" />
              </dd>
            </div>
          ))}
      </dl>
    </>
  )
}
