'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { usePreferences } from '@/components/frame/preferences'
import { nextSort, parseSort } from '@/components/search/build-request'
import { columnsParam, columnWidth, visibleColumns } from '@/components/search/columns'
import { addValue } from '@/components/search/filter-edits'
import { useSearchState } from '@/components/search/use-search-state'
import { cn } from '@/components/ui/cn'
import { useStableCallback } from '@/components/ui/use-stable-callback'
import type { SearchRow } from '@/lib/api/search'
import { ResultHead } from './result-head'
import { ResultRow, ROW_HEIGHT } from './result-row'
import { searchedWords } from './searched-words'

interface ResultTableProps {
  rows: readonly SearchRow[]
  /** Rows of an older search are shown while the new one runs. */
  dimmed: boolean
  longestNs: number
  withDate: boolean
  /** Called when the end comes near. */
  onEnd?: () => void
  /** Below the last row: loading more, the end, an error. */
  footer: ReactNode
}

const FOOTER_HEIGHT = 44

/** A table whose rows are chosen: screen readers are told that it is more than a table. */
function grid(active: string | undefined) {
  return { role: 'grid', tabIndex: 0, 'aria-activedescendant': active }
}

export function ResultTable({ rows, dimmed, longestNs, withDate, onEnd, footer }: ResultTableProps) {
  const [state, patch] = useSearchState()
  const { preferences, setPreference } = usePreferences()
  const scroller = useRef<HTMLDivElement>(null)
  const columns = visibleColumns(state)
  const [resized, setResized] = useState<Readonly<Record<string, number>>>(preferences.columnWidths)
  const [hovered, setHovered] = useState<Place>(NOWHERE)
  const widthOf = (field: string) => columnWidth(field, resized, withDate)
  const template = columns
    .map((field, index) =>
      index === columns.length - 1 ? `minmax(${widthOf(field)}px,1fr)` : `${widthOf(field)}px`,
    )
    .join(' ')
  const width = columns.reduce((all, field) => all + widthOf(field), 2)
  const words = useMemo(() => (state.lang === 'lucene' ? searchedWords(state.q) : []), [state.q, state.lang])

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 14,
    getItemKey: (index) => rows[index]?._id ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 40) onEnd?.()
  }, [last, rows.length, onEnd])

  // The selected row stays in sight while j and k move it.
  const selected = state.row === '' ? -1 : rows.findIndex((row) => row._id === state.row)
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: 'auto' })
  }, [selected, virtual])

  const setColumns = (next: readonly string[]) => patch({ cols: columnsParam(state.source, next) }, 'replace')
  const open = (id: string) =>
    patch({ row: id === state.row ? null : id }, state.row === '' ? 'push' : 'replace')
  const filter = useStableCallback((field: string, value: string, mode: 'in' | 'notIn') =>
    patch({ filters: addValue(state.filters, field, value, mode), row: null }),
  )

  const onClick = (event: MouseEvent<HTMLTableElement>) => {
    const { row } = placeOf(event.target)
    if (row !== null && !isControl(event.target)) open(row)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return
    const first = rows[items[0]?.index ?? 0]
    if (state.row === '' && first) open(first._id)
  }

  return (
    <div ref={scroller} className="relative min-h-0 flex-1 overflow-auto [contain:strict]">
      <table
        {...grid(selected >= 0 ? `row-${state.row}` : undefined)}
        aria-label={state.source === 'traces' ? 'Spans' : 'Logs'}
        aria-rowcount={rows.length + 1}
        aria-busy={dimmed}
        className={cn('block transition-opacity outline-none', dimmed && 'opacity-50')}
        style={{ minWidth: width }}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onPointerOver={(event) => {
          const place = placeOf(event.target)
          if (place.row !== hovered.row || place.field !== hovered.field) setHovered(place)
        }}
        onPointerLeave={() => setHovered(NOWHERE)}
      >
        <thead className="sticky top-0 z-10 block">
          <ResultHead
            columns={columns}
            template={template}
            widthOf={widthOf}
            sort={parseSort(state.sort) ?? { by: 'Timestamp', dir: 'desc' }}
            onSort={(field) => patch({ sort: nextSort(state.sort, field) || null, row: null })}
            onResize={(field, size) => {
              const next = { ...resized, [field]: size }
              setResized(next)
              setPreference('columnWidths', next)
            }}
            onMove={(field, before) => setColumns(moved(columns, field, before))}
            onRemove={(field) => setColumns(columns.filter((column) => column !== field))}
          />
        </thead>
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]
            return row ? (
              <ResultRow
                key={item.key}
                row={row}
                index={item.index}
                top={item.start}
                columns={columns}
                template={template}
                zone={preferences.zone}
                withDate={withDate}
                longestNs={longestNs}
                words={words}
                severityEdge={state.source === 'logs'}
                selected={item.index === selected}
                hovered={hovered.row === row._id ? hovered.field : null}
                onFilter={filter}
              />
            ) : null
          })}
        </tbody>
      </table>
      <div
        className="sticky left-0 flex items-center px-3 text-xs text-faint"
        style={{ height: FOOTER_HEIGHT }}
      >
        {footer}
      </div>
    </div>
  )
}

interface Place {
  readonly row: string | null
  readonly field: string | null
}

const NOWHERE: Place = { row: null, field: null }

/** Row and field of the cell that an event came from. */
function placeOf(target: EventTarget): Place {
  if (!(target instanceof Element)) return NOWHERE
  const cell = target.closest<HTMLElement>('td[data-field]')
  const row = target.closest<HTMLElement>('tr[data-row]')
  return row ? { row: row.dataset.row ?? null, field: cell?.dataset.field ?? null } : NOWHERE
}

/** Links and buttons in a row do their own work. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button') !== null
}

function moved(columns: readonly string[], field: string, before: string): string[] {
  const rest = columns.filter((column) => column !== field)
  const forward = columns.indexOf(field) < columns.indexOf(before)
  rest.splice(rest.indexOf(before) + (forward ? 1 : 0), 0, field)
  return rest
}
