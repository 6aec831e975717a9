'use client'

import { Code, TriangleAlert } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { groupName, groupToken } from '@/components/charts/group-tone'
import { groupsOf } from '@/components/charts/histogram-option'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import type { Warning } from '@/lib/api/common'
import type { HistogramResponse, SearchRequest, SearchResponse } from '@/lib/api/search'
import { formatBytes } from '@/lib/format/bytes'
import { formatCompact, formatCount } from '@/lib/format/number'
import { ColumnsMenu } from './columns-menu'
import { ExportMenu } from './export-menu'

const SqlDialog = dynamic(() => import('./sql-dialog').then((module) => module.SqlDialog), { ssr: false })

interface StatsLineProps {
  noun: string
  page: SearchResponse | undefined
  loaded: number
  complete: boolean
  histogram: HistogramResponse | undefined
  request: SearchRequest
  pending: ReactNode
}

/** How many, at what cost, by which SQL; and what can be done with all of them. */
export function StatsLine({ noun, page, loaded, complete, histogram, request, pending }: StatsLineProps) {
  const [sqlOpen, setSqlOpen] = useState(false)
  const total = histogram?.total ?? (complete && page ? loaded : null)
  const statistics = page?.statistics
  const warnings = [...(page?.warnings ?? []), ...(histogram?.warnings ?? [])]
  const statements = [
    ...(page ? [{ title: 'Rows', sql: page.sql }] : []),
    ...(histogram ? [{ title: 'Histogram', sql: histogram.sql }] : []),
  ]
  return (
    <div className="flex h-9 shrink-0 items-center gap-3 overflow-hidden border-b pr-1.5 pl-3 text-xs whitespace-nowrap text-muted">
      <span>
        <strong className="font-semibold text-fg" data-testid="search-total">
          {total === null ? (loaded > 0 ? `${formatCount(loaded)}+` : '–') : formatCount(total)}
        </strong>{' '}
        {noun}
        {total === 1 ? '' : 's'}
      </span>
      {statistics ? (
        <Tooltip
          content={`${formatCount(statistics.rowsRead)} rows and ${formatBytes(statistics.bytesRead)} read in ${Math.round(statistics.elapsedMs)} ms for the rows`}
        >
          <span className="truncate" data-testid="search-cost">
            {formatCompact(statistics.rowsRead)} rows read · {Math.round(statistics.elapsedMs)} ms
          </span>
        </Tooltip>
      ) : null}
      <Groups histogram={histogram} />
      <Warnings warnings={warnings} />
      {pending}
      <span className="ml-auto flex items-center gap-0.5">
        <Button variant="ghost" size="sm" disabled={statements.length === 0} onClick={() => setSqlOpen(true)}>
          <Code size={13} aria-hidden />
          SQL
        </Button>
        <ColumnsMenu />
        <ExportMenu request={request} total={total} />
      </span>
      {sqlOpen ? <SqlDialog onClose={() => setSqlOpen(false)} statements={statements} /> : null}
    </div>
  )
}

function Groups({ histogram }: { histogram: HistogramResponse | undefined }) {
  if (!histogram) return null
  return (
    <span className="hidden min-w-0 items-center gap-3 overflow-hidden lg:flex">
      {groupsOf(histogram.buckets)
        .slice(0, 5)
        .map((group) => {
          const count = histogram.buckets.reduce(
            (all, { counts }) => all + (Object.hasOwn(counts, group) ? counts[group]! : 0),
            0,
          )
          return (
            <span key={group} className="flex items-center gap-1.5">
              <span
                aria-hidden
                className="size-2 rounded-full"
                style={{ backgroundColor: `var(--color-${groupToken(group)})` }}
              />
              {groupName(group)} {formatCount(count)}
            </span>
          )
        })}
    </span>
  )
}

function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null
  const lines = [...new Set(warnings.map(({ message, hint }) => (hint ? `${message} ${hint}` : message)))]
  return (
    <Tooltip content={<span className="whitespace-pre-wrap">{lines.join('\n')}</span>}>
      <span role="status" className="flex min-w-0 items-center gap-1 text-warn">
        <TriangleAlert size={13} aria-hidden className="shrink-0" />
        <span className="truncate">{lines[0]}</span>
      </span>
    </Tooltip>
  )
}
