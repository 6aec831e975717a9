'use client'

import { CircleMinus, CirclePlus, Columns3 } from 'lucide-react'
import { columnsParam, visibleColumns, withColumn } from '@/components/search/columns'
import { addValue } from '@/components/search/filter-edits'
import { useSearchState } from '@/components/search/use-search-state'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import { safeUrl } from '@/components/ui/safe-url'

interface AttributeRowProps {
  name: string
  value: string
  /** Field of the search language; null: this cannot be searched. */
  field: string | null
}

/** A key and its value, with what can be done about it. */
export function AttributeRow({ name, value, field }: AttributeRowProps) {
  const [state, patch] = useSearchState()
  const columns = visibleColumns(state)
  const url = safeUrl(value)
  return (
    <div className="group relative grid grid-cols-[minmax(120px,200px)_minmax(0,1fr)] gap-3 rounded-sm px-2 py-[3px] font-mono text-xs hover:bg-hover">
      <dt className="break-words text-muted">{name}</dt>
      <dd className="min-w-0">
        <div className="max-h-72 overflow-auto break-words whitespace-pre-wrap">
          {url ? (
            <a href={url} target="_blank" rel="noreferrer noopener" className="text-accent hover:underline">
              {value}
            </a>
          ) : value === '' ? (
            <span className="text-faint">(empty)</span>
          ) : (
            value
          )}
        </div>
        <span className="absolute top-0.5 right-1 flex rounded-md border border-strong bg-panel opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
          {field === null ? null : (
            <>
              <IconButton
                label={`Only ${name} like this`}
                size="xs"
                onClick={() => patch({ filters: addValue(state.filters, field, value, 'in') })}
              >
                <CirclePlus size={13} aria-hidden />
              </IconButton>
              <IconButton
                label={`Without ${name} like this`}
                size="xs"
                onClick={() => patch({ filters: addValue(state.filters, field, value, 'notIn') })}
              >
                <CircleMinus size={13} aria-hidden />
              </IconButton>
              <IconButton
                label={columns.includes(field) ? 'Already a column' : `Add column ${name}`}
                size="xs"
                disabled={columns.includes(field)}
                onClick={() =>
                  patch({ cols: columnsParam(state.source, withColumn(columns, field)) }, 'replace')
                }
              >
                <Columns3 size={13} aria-hidden />
              </IconButton>
            </>
          )}
          <CopyButton text={value} label={`Copy ${name}`} size="xs" />
        </span>
      </dd>
    </div>
  )
}
