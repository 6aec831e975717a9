'use client'

import dynamic from 'next/dynamic'
import { useHotkeys } from '@/components/frame/hotkeys'
import { useSearchState } from '@/components/search/use-search-state'
import type { SearchRow } from '@/lib/api/search'

// Not needed for the first paint of the results.
const RowDrawer = dynamic(() => import('./row-drawer').then((module) => module.RowDrawer), { ssr: false })

/** The keys that open and move through records, and the drawer while one is open. */
export function OpenRecord({ rows }: { rows: readonly SearchRow[] }) {
  const [state, patch] = useSearchState()
  const index = rows.findIndex((row) => row._id === state.row)
  const move = (step: 1 | -1) => {
    const next = rows[state.row === '' ? 0 : index + step]
    if (next && (index >= 0 || state.row === ''))
      patch({ row: next._id }, state.row === '' ? 'push' : 'replace')
  }
  const close = () => patch({ row: null, tab: null }, 'replace')
  useHotkeys([
    { keys: ['j', 'ArrowDown'], label: 'Next record', group: 'Results', run: () => move(1) },
    { keys: ['k', 'ArrowUp'], label: 'Previous record', group: 'Results', run: () => move(-1) },
    { keys: 'Escape', label: 'Close the record', group: 'Results', enabled: state.row !== '', run: close },
  ])
  return state.row === '' ? null : <RowDrawer rows={rows} index={index} onMove={move} onClose={close} />
}
