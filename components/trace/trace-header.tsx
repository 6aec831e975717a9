'use client'

import { RefreshCw, Share2 } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { usePreferences } from '@/components/frame/preferences'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { CopyButton } from '@/components/ui/copy-button'
import { copyText } from '@/components/ui/copy-text'
import { IconButton } from '@/components/ui/icon-button'
import { ServiceDot } from '@/components/ui/service-dot'
import { Tooltip } from '@/components/ui/tooltip'
import { formatDuration } from '@/lib/format/duration'
import { formatCount } from '@/lib/format/number'
import { formatDateTime } from '@/lib/time/clock'
import { nanosToMs, parseIso } from '@/lib/time/range'
import type { TraceModel } from '@/lib/trace/model'

interface TopBarProps {
  traceId: string
  onRefresh?: () => void
  refreshing?: boolean
}

/** Where one is, and what one can do with the page. */
export function TraceTopBar({ traceId, onRefresh, refreshing }: TopBarProps) {
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 border-b bg-panel px-4">
      <Link href="/search?source=traces" className="text-muted hover:text-fg">
        Traces
      </Link>
      <span aria-hidden className="text-faint">
        /
      </span>
      <span className="min-w-0 truncate font-mono text-xs">{traceId}</span>
      <CopyButton text={traceId} label="Copy trace id" />
      <span className="flex-1" />
      {onRefresh ? (
        <IconButton label="Fetch again" onClick={onRefresh}>
          <RefreshCw size={14} aria-hidden className={cn(refreshing && 'animate-spin')} />
        </IconButton>
      ) : null}
      <Button onClick={() => copyText(location.href, 'Link copied')}>
        <Share2 size={13} aria-hidden />
        Share
      </Button>
    </div>
  )
}

/** Root service and operation, and the trace in numbers. */
export function TraceHeader({ model, arriving }: { model: TraceModel; arriving: boolean }) {
  const { skeleton } = model
  const { preferences } = usePreferences()
  const root = mainRoot(model)
  const service = root === null ? '' : (skeleton.serviceNames[skeleton.spans.service[root]!] ?? '')
  const name = root === null ? '' : (skeleton.spanNames[skeleton.spans.name[root]!] ?? '')
  const start = parseIso(skeleton.start)
  const logs = skeleton.logs.length
  return (
    <div className="flex h-15 shrink-0 items-center gap-7 overflow-hidden border-b px-4">
      <div className="min-w-0">
        <h1 className="flex min-w-0 items-center gap-2 text-base font-semibold">
          <ServiceDot service={service} className="size-2.5" />
          <span className="shrink-0">{service || '(no service)'}</span>{' '}
          <span className="truncate font-medium text-muted">{name}</span>
        </h1>
        <p className="flex items-center gap-2 truncate text-xs text-muted">
          <time dateTime={skeleton.start} title={skeleton.start}>
            {start === null ? skeleton.start : formatDateTime(start, preferences.zone, 3)}
          </time>
          {start === null ? null : <span>· {formatAge(start)}</span>}
          {arriving ? <Arriving /> : null}
        </p>
      </div>
      <dl className="ml-auto flex shrink-0 gap-7 max-[1100px]:gap-5">
        <Fact name="Duration">{formatDuration(model.extent.toNs - model.extent.fromNs)}</Fact>
        <Fact name="Spans">{formatCount(skeleton.spanCount)}</Fact>
        <Tooltip
          content={
            <span className="flex max-h-72 flex-col gap-0.5 overflow-hidden">
              {skeleton.services.slice(0, 16).map((item) => (
                <span key={item.name} className="flex items-center gap-1.5">
                  <ServiceDot service={item.name} />
                  <span className="flex-1">{item.name}</span>
                  <span className="tabular-nums">{formatCount(item.spanCount)}</span>
                </span>
              ))}
              {skeleton.services.length > 16 ? <span>and {skeleton.services.length - 16} more</span> : null}
            </span>
          }
        >
          <Fact name="Services">{formatCount(skeleton.services.length)}</Fact>
        </Tooltip>
        <Fact name="Errors" tone={skeleton.errorCount > 0 ? 'text-error' : undefined}>
          {formatCount(skeleton.errorCount)}
        </Fact>
        <Fact name="Logs">{formatCount(logs)}</Fact>
      </dl>
    </div>
  )
}

interface FactProps extends ComponentProps<'div'> {
  name: string
  tone?: string | undefined
}

/** Rest: what a tooltip needs of its trigger. */
function Fact({ name, tone, children, ...rest }: FactProps) {
  return (
    <div {...rest}>
      <dt className="text-2xs text-faint">{name}</dt>
      <dd className={cn('font-semibold whitespace-nowrap tabular-nums', tone)}>{children}</dd>
    </div>
  )
}

function Arriving() {
  return (
    <span className="flex items-center gap-1.5 text-info" role="status">
      <span aria-hidden className="size-1.5 animate-pulse rounded-full bg-info" />
      spans may still arrive
    </span>
  )
}

const AGES = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const

function formatAge(start: bigint): string {
  const ms = Date.now() - nanosToMs(start)
  if (ms < 0) return 'in the future, by this clock'
  const [size, unit] = AGES.find(([age]) => ms >= age) ?? [1000, 's']
  return `${formatCount(Math.floor(ms / size))} ${unit} ago`
}

/** The first root that is a span; with none, the first span there is. */
function mainRoot(model: TraceModel): number | null {
  for (let node = model.firstRoot; node !== -1; node = model.nextSibling[node]!) {
    if (node < model.spanCount) return node
  }
  return model.spanCount > 0 ? 0 : null
}
