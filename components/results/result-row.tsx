'use client'

import { memo } from 'react'
import { cn } from '@/components/ui/cn'
import type { SearchRow } from '@/lib/api/search'
import type { Zone } from '@/lib/time/clock'
import { Cell } from './cell'
import { CellActions } from './cell-actions'
import { cellText, traceLink } from './row-values'
import { toneOfSeverity } from './severity-tone'

export interface ResultRowProps {
  row: SearchRow
  index: number
  top: number
  columns: readonly string[]
  template: string
  zone: Zone
  withDate: boolean
  longestNs: number
  words: readonly string[]
  severityEdge: boolean
  selected: boolean
  /** Field of the cell under the pointer. */
  hovered: string | null
  onFilter: (field: string, value: string, mode: 'in' | 'notIn') => void
}

export const ROW_HEIGHT = 28
const UNFILTERABLE = new Set(['Timestamp', 'Duration', 'Body'])

const EDGE: Readonly<Record<string, string>> = {
  error: 'border-l-bar-error',
  warn: 'border-l-bar-warn',
  info: 'border-l-bar-info',
  debug: 'border-l-bar-debug',
}

/** One record. The table handles its clicks and keys; the cell under the pointer shows what can be done with it. */
export const ResultRow = memo(function ResultRow(props: ResultRowProps) {
  const { row, columns, selected, hovered } = props
  const edge = props.severityEdge
    ? EDGE[toneOfSeverity(cellText(row, 'SeverityText'))]
    : 'border-l-transparent'
  return (
    <tr
      id={`row-${row._id}`}
      data-row={row._id}
      aria-rowindex={props.index + 2}
      aria-selected={selected}
      className={cn(
        'absolute inset-x-0 grid cursor-default items-center border-b border-b-line/60 border-l-2 text-xs hover:bg-hover/60',
        selected ? 'border-l-accent bg-selected' : edge,
      )}
      style={{
        height: ROW_HEIGHT,
        transform: `translateY(${props.top}px)`,
        gridTemplateColumns: props.template,
      }}
    >
      {columns.map((field) => {
        const text = cellText(row, field)
        return (
          <td key={field} data-field={field} className="relative flex h-full min-w-0 items-center px-2.5">
            <Cell
              row={row}
              field={field}
              zone={props.zone}
              withDate={props.withDate}
              longestNs={props.longestNs}
              words={props.words}
            />
            {hovered === field ? (
              <CellActions
                field={field}
                text={text}
                filterable={!UNFILTERABLE.has(field)}
                traceHref={traceLink(row)}
                onFilter={(mode) => props.onFilter(field, text, mode)}
              />
            ) : null}
          </td>
        )
      })}
    </tr>
  )
})
