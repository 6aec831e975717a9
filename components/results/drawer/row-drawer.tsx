'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, Link2, ListTree, X } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { rowOptions } from '@/components/api/queries/row'
import { usePreferences } from '@/components/frame/preferences'
import { useSearchState } from '@/components/search/use-search-state'
import { copyText } from '@/components/ui/copy-text'
import { ErrorState } from '@/components/ui/error-state'
import { IconButton } from '@/components/ui/icon-button'
import { ResizeHandle } from '@/components/ui/resize-handle'
import { Skeleton } from '@/components/ui/skeleton'
import type { SearchRow } from '@/lib/api/search'
import { traceLink } from '../row-values'
import { DrawerHead } from './drawer-head'
import { DrawerTabs } from './drawer-tabs'

interface RowDrawerProps {
  rows: readonly SearchRow[]
  /** Place of the record among the rows; -1 when it is not there. */
  index: number
  onMove: (step: 1 | -1) => void
  onClose: () => void
}

/** The record of the address's `row`, over the right of the page. */
export function RowDrawer({ rows, index, onMove: move, onClose: close }: RowDrawerProps) {
  const [state] = useSearchState()
  const { preferences, setPreference } = usePreferences()
  const [width, setWidth] = useState(preferences.drawerWidth)
  const { data, error, refetch } = useQuery({
    ...rowOptions(state.source, state.row),
    enabled: state.row !== '',
  })
  // The list has the row's main columns already: the head does not wait for the whole record.
  const record = data?.row ?? rows[index]
  const trace = record ? traceLink({ _id: state.row, ...record }) : null
  return (
    <aside
      aria-label="Record"
      className="slide-in absolute inset-y-0 right-0 z-30 flex max-w-[calc(100%-120px)] flex-col border-l border-strong bg-panel shadow-drawer"
      style={{ width }}
    >
      <ResizeHandle
        label="Width of the record"
        value={width}
        min={380}
        max={1400}
        edge="left"
        onChange={setWidth}
        onCommit={(value) => setPreference('drawerWidth', value)}
      />
      <div className="flex items-start gap-1 px-4 pt-2.5 pb-2">
        <div className="min-w-0 flex-1">
          {record ? <DrawerHead source={state.source} record={record} /> : <Skeleton className="h-12 w-72" />}
        </div>
        {trace ? (
          <Link
            href={trace}
            prefetch={false}
            className="flex h-6 items-center gap-1.5 rounded-md px-2 text-xs font-medium text-accent hover:bg-accent-soft"
          >
            <ListTree size={13} aria-hidden />
            Open trace
          </Link>
        ) : null}
        <IconButton
          label="Copy link to this record"
          size="sm"
          onClick={() => void copyText(window.location.href, 'Link copied')}
        >
          <Link2 size={14} aria-hidden />
        </IconButton>
        <IconButton label="Previous" keys="k" size="sm" disabled={index <= 0} onClick={() => move(-1)}>
          <ChevronUp size={15} aria-hidden />
        </IconButton>
        <IconButton
          label="Next"
          keys="j"
          size="sm"
          disabled={index < 0 || index >= rows.length - 1}
          onClick={() => move(1)}
        >
          <ChevronDown size={15} aria-hidden />
        </IconButton>
        <IconButton label="Close" keys="Esc" size="sm" onClick={close}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {data ? (
        <DrawerTabs source={state.source} id={state.row} record={data.row} columns={data.columns} />
      ) : error ? (
        <ErrorState error={error} title="This record could not be read" onRetry={() => void refetch()} />
      ) : (
        <div className="flex flex-col gap-2 border-t p-4">
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/3" />
        </div>
      )}
    </aside>
  )
}
