'use client'

import { usePreferences } from '@/components/frame/preferences'
import type { SearchSource } from '@/components/search/search-params'
import { Badge } from '@/components/ui/badge'
import { ServiceName } from '@/components/ui/service-dot'
import { formatDuration } from '@/lib/format/duration'
import { formatDateTime } from '@/lib/time/clock'
import { parseIso } from '@/lib/time/range'
import { toneOfSeverity, toneOfStatus } from '../severity-tone'
import { column, type WholeRecord } from './record'

/** What it is, whose, and when. */
export function DrawerHead({ source, record }: { source: SearchSource; record: WholeRecord }) {
  const { preferences } = usePreferences()
  const nanos = parseIso(column(record, 'Timestamp'))
  const status = column(record, 'StatusCode')
  const severity = column(record, 'SeverityText')
  const duration = column(record, 'Duration')
  const title = column(record, source === 'traces' ? 'SpanName' : 'Body')
  return (
    <>
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 text-xs text-muted">
        {source === 'traces'
          ? status !== '' && <Badge tone={toneOfStatus(status)}>{status}</Badge>
          : severity !== '' && <Badge tone={toneOfSeverity(severity)}>{severity.toUpperCase()}</Badge>}
        <ServiceName service={column(record, 'ServiceName')} className="font-medium text-fg" />
        {duration === '' ? null : <span>{formatDuration(duration)}</span>}
        <span className="font-mono">
          {nanos === null ? '' : formatDateTime(nanos, preferences.zone)}
          {preferences.zone === 'utc' ? ' UTC' : ''}
        </span>
      </div>
      <h2
        className={
          source === 'traces'
            ? 'mt-1 line-clamp-2 text-base font-semibold break-words'
            : 'mt-1 line-clamp-3 font-mono text-xs break-words whitespace-pre-wrap'
        }
      >
        {title === '' ? '(no name)' : title}
      </h2>
    </>
  )
}
