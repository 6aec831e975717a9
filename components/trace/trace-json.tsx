'use client'

import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Download } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { traceOptions } from '@/components/api/queries/trace'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { formatBytes } from '@/lib/format/bytes'
import { formatCount, formatQuantity } from '@/lib/format/number'

/** Beyond this the text is tens of megabytes, and a file is the better place for it. */
const MANY_SPANS = 3000
const LINE_HEIGHT = 18
const BAR_HEIGHT = 40

/** The whole trace as the API gives it: read, copied, downloaded. */
export function TraceJson({ traceId, spanCount }: { traceId: string; spanCount: number }) {
  const [wanted, setWanted] = useState(spanCount <= MANY_SPANS)
  const query = useQuery({ ...traceOptions(traceId), enabled: wanted })
  const text = useMemo(() => (query.data ? JSON.stringify(query.data, null, 2) : ''), [query.data])
  if (!wanted) {
    return (
      <div className="space-y-3 p-4">
        <p className="text-muted">
          {formatQuantity(spanCount, 'span')} make a lot of JSON. A file is easier to work with.
        </p>
        <div className="flex gap-2">
          <DownloadLink traceId={traceId} />
          <Button variant="ghost" onClick={() => setWanted(true)}>
            Show it here anyway
          </Button>
        </div>
      </div>
    )
  }
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  if (query.isPending) {
    return (
      <div className="space-y-2 p-4" role="status" aria-label="Loading">
        <Skeleton className="h-4 w-80" />
        <Skeleton className="h-4 w-96" />
        <Skeleton className="h-4 w-72" />
      </div>
    )
  }
  return (
    <>
      <div className="sticky top-0 left-0 z-10 flex h-10 items-center gap-2 border-b bg-panel px-4 text-xs text-muted">
        {formatQuantity(query.data.spans.length, 'span')}, {formatQuantity(query.data.logs.length, 'log')},{' '}
        {formatBytes(text.length)}
        <span className="flex-1" />
        <CopyButton text={text} label="Copy JSON" />
        <DownloadLink traceId={traceId} />
      </div>
      <Lines text={text} />
    </>
  )
}

/** The server's answer itself, so that the browser needs no second copy of it. */
function DownloadLink({ traceId }: { traceId: string }) {
  return (
    <a
      href={`/api/v1/traces/${traceId}`}
      download={`trace-${traceId}.json`}
      className="inline-flex h-6 items-center gap-1.5 rounded-md border border-strong bg-panel px-2 text-xs font-medium hover:bg-hover"
    >
      <Download size={12} aria-hidden />
      Download
    </a>
  )
}

/** The tab panel is what scrolls: it already takes the focus, so the keyboard reaches every line. */
function Lines({ text }: { text: string }) {
  const list = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => text.split('\n'), [text])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => list.current?.closest<HTMLElement>('[role=tabpanel]') ?? null,
    scrollMargin: BAR_HEIGHT,
    estimateSize: () => LINE_HEIGHT,
    overscan: 30,
  })
  return (
    <div ref={list} className="relative min-w-max" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => (
        <pre
          key={item.key}
          className="absolute left-0 px-4 text-xs leading-[18px] whitespace-pre"
          style={{ transform: `translateY(${item.start - BAR_HEIGHT}px)` }}
        >
          <span aria-hidden className="mr-4 inline-block w-10 text-right text-faint select-none">
            {formatCount(item.index + 1)}
          </span>
          <JsonLine line={lines[item.index] ?? ''} />
        </pre>
      ))}
    </div>
  )
}

const MOST_CHARACTERS = 5000

/** A line of indented JSON: key, punctuation, value. */
function JsonLine({ line }: { line: string }) {
  const shown = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line
  const match = /^(\s*)("(?:[^"\\]|\\.)*")(: )(.*)$/.exec(shown)
  if (!match) return <span className={/^\s*"/.test(shown) ? 'text-fg' : 'text-muted'}>{shown}</span>
  return (
    <>
      {match[1]}
      <span className="text-accent">{match[2]}</span>
      <span className="text-muted">{match[3]}</span>
      <span className={/^[[{]/.test(match[4] ?? '') ? 'text-muted' : 'text-fg'}>{match[4]}</span>
    </>
  )
}
