'use client'

import { useEffect, useRef, useState } from 'react'
import { streamSearch } from '@/components/api/stream-search'
import { toast } from '@/components/ui/toast'
import type { SearchRequest } from '@/lib/api/search'
import { csvLine, csvRows } from '@/lib/export/csv'
import { jsonRows } from '@/lib/export/json'
import { formatQuantity } from '@/lib/format/number'

export type ExportFormat = 'csv' | 'json'

interface Export {
  /** Rows so far; null when nothing runs. */
  readonly rows: number | null
  readonly start: (request: SearchRequest, columns: readonly string[], format: ExportFormat) => void
  readonly cancel: () => void
}

/** Streams every row of a search into a file. Batches become parts of a Blob, which a browser keeps on disk when big. */
export function useExport(): Export {
  const [rows, setRows] = useState<number | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start: Export['start'] = (request, columns, format) => {
    running.current?.abort()
    const abort = new AbortController()
    running.current = abort
    setRows(0)
    collect(request, columns, format, abort.signal, setRows)
      .then(({ blob, count }) => {
        save(
          blob,
          `${request.source}-${request.to === 'now' ? 'now' : String(request.to).slice(0, 19).replaceAll(':', '-')}.${format}`,
        )
        toast({ message: `Exported ${formatQuantity(count, 'row')}` })
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) {
          toast({
            message: `The export stopped: ${error instanceof Error ? error.message : 'unknown error'}`,
            tone: 'error',
          })
        }
      })
      .finally(() => {
        if (running.current === abort) {
          running.current = null
          setRows(null)
        }
      })
  }
  return { rows, start, cancel: () => running.current?.abort() }
}

async function collect(
  request: SearchRequest,
  columns: readonly string[],
  format: ExportFormat,
  signal: AbortSignal,
  onRows: (count: number) => void,
): Promise<{ blob: Blob; count: number }> {
  const parts: string[] = [format === 'csv' ? csvLine(columns) : '[\n']
  let count = 0
  for await (const batch of streamSearch({ ...request, columns: [...columns] }, signal)) {
    parts.push(format === 'csv' ? csvRows(columns, batch.rows) : jsonRows(columns, batch.rows, count === 0))
    count += batch.rows.length
    onRows(count)
  }
  if (format === 'json') parts.push('\n]\n')
  return { blob: new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'application/json' }), count }
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The download has taken its own reference by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
