'use client'

import { Download } from 'lucide-react'
import { visibleColumns } from '@/components/search/columns'
import { useSearchState } from '@/components/search/use-search-state'
import { Button } from '@/components/ui/button'
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from '@/components/ui/menu'
import type { SearchRequest } from '@/lib/api/search'
import { formatCount, formatQuantity } from '@/lib/format/number'
import { useExport } from './use-export'

export function ExportMenu({ request, total }: { request: SearchRequest; total: number | null }) {
  const [state] = useSearchState()
  const { rows, start, cancel } = useExport()
  const columns = visibleColumns(state)
  if (rows !== null) {
    return (
      <span role="status" className="flex items-center gap-1.5 text-xs text-muted">
        Exporting {formatCount(rows)}
        {total === null ? '' : ` of ${formatCount(total)}`}
        <Button size="sm" variant="ghost" onClick={cancel}>
          Cancel
        </Button>
      </span>
    )
  }
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="sm">
          <Download size={13} aria-hidden />
          Export
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuLabel>
          {total === null ? 'All rows of this search' : `All ${formatQuantity(total, 'row')}`}
        </MenuLabel>
        <MenuItem onSelect={() => start(request, columns, 'csv')}>CSV, these columns</MenuItem>
        <MenuItem onSelect={() => start(request, columns, 'json')}>JSON, these columns</MenuItem>
        <MenuItem onSelect={() => start(request, request.columns ?? columns, 'json')}>
          JSON, with trace and span ids
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
