import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { INDENT, maxLevels, TREE_PADDING } from './row-frame'

interface TreeCellProps {
  depth: number
  width: number
  /** null: nothing to open. */
  open: boolean | null
  children: ReactNode
}

/** Left half of a row: guides, the arrow that opens and closes, and what the row is about. */
export function TreeCell({ depth, width, open, children }: TreeCellProps) {
  const most = maxLevels(width)
  const levels = Math.min(depth, most)
  const Arrow = open ? ChevronDown : ChevronRight
  return (
    <div
      className="relative flex h-full shrink-0 items-center overflow-hidden border-r pr-1.5"
      style={{ width, paddingLeft: TREE_PADDING + levels * INDENT }}
    >
      {levels > 0 ? (
        <span
          aria-hidden
          className="absolute inset-y-0"
          style={{
            left: TREE_PADDING + 7,
            width: levels * INDENT,
            background: `repeating-linear-gradient(90deg, var(--color-line) 0 1px, transparent 1px ${INDENT}px)`,
          }}
        />
      ) : null}
      {open === null ? (
        <span className="w-4 shrink-0" />
      ) : (
        <span
          aria-hidden
          data-toggle
          className="relative grid h-full w-4 shrink-0 cursor-pointer place-items-center text-faint hover:text-fg"
        >
          <Arrow size={13} />
        </span>
      )}
      {depth > most ? (
        <span
          className="mr-1 shrink-0 rounded-sm bg-hover px-1 text-2xs text-faint"
          title={`Level ${depth + 1}`}
        >
          {depth + 1}
        </span>
      ) : null}
      <span className="relative flex min-w-0 flex-1 items-center gap-1.5">{children}</span>
    </div>
  )
}
