'use client'

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { columnLabel, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH } from '@/components/search/columns'
import { cn } from '@/components/ui/cn'
import { ResizeHandle } from '@/components/ui/resize-handle'

interface ResultHeadProps {
  columns: readonly string[]
  template: string
  widthOf: (field: string) => number
  sort: { by: string; dir: 'asc' | 'desc' }
  onSort: (field: string) => void
  onResize: (field: string, width: number) => void
  onMove: (field: string, before: string) => void
  onRemove: (field: string) => void
}

/** Column heads: click sorts, drag moves, the edge resizes, × removes. */
export function ResultHead({
  columns,
  template,
  widthOf,
  sort,
  onSort,
  onResize,
  onMove,
  onRemove,
}: ResultHeadProps) {
  const [over, setOver] = useState<string | null>(null)
  const drop = (event: DragEvent, before: string) => {
    event.preventDefault()
    setOver(null)
    const moved = event.dataTransfer.getData('text/x-spanlight-column')
    if (moved && moved !== before) onMove(moved, before)
  }
  return (
    <tr
      aria-rowindex={1}
      className="grid h-7 items-center border-b border-l-2 border-l-transparent bg-canvas text-2xs font-medium text-faint"
      style={{ gridTemplateColumns: template }}
    >
      {columns.map((field, index) => {
        const sorted = sort.by === field
        return (
          <th
            key={field}
            scope="col"
            aria-sort={sorted ? (sort.dir === 'asc' ? 'ascending' : 'descending') : 'none'}
            className={cn(
              'group relative flex h-full min-w-0 items-center',
              over === field && 'bg-accent-soft',
            )}
            onDragOver={(event) => {
              event.preventDefault()
              setOver(field)
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => drop(event, field)}
          >
            <button
              type="button"
              draggable
              title={field}
              className="flex h-full min-w-0 flex-1 items-center gap-1 px-2.5 text-left hover:text-fg focus-visible:-outline-offset-2"
              onDragStart={(event) => event.dataTransfer.setData('text/x-spanlight-column', field)}
              onClick={() => onSort(field)}
            >
              <span className="truncate">{columnLabel(field)}</span>
              {sorted && sort.dir === 'desc' ? (
                <ArrowDown size={12} aria-hidden className="shrink-0" />
              ) : null}
              {sorted && sort.dir === 'asc' ? <ArrowUp size={12} aria-hidden className="shrink-0" /> : null}
            </button>
            {columns.length > 1 ? (
              <button
                type="button"
                aria-label={`Remove column ${columnLabel(field)}`}
                className="absolute right-1.5 grid size-5 place-items-center rounded-sm bg-canvas opacity-0 group-hover:opacity-100 hover:bg-hover hover:text-fg focus-visible:opacity-100"
                onClick={() => onRemove(field)}
              >
                <X size={11} aria-hidden />
              </button>
            ) : null}
            {index < columns.length - 1 ? (
              <ResizeHandle
                label={`Width of ${columnLabel(field)}`}
                value={widthOf(field)}
                min={MIN_COLUMN_WIDTH}
                max={MAX_COLUMN_WIDTH}
                edge="right"
                onChange={(width) => onResize(field, width)}
              />
            ) : null}
          </th>
        )
      })}
    </tr>
  )
}
