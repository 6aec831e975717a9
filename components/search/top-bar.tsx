'use client'

import { PanelLeftOpen, RotateCw, Share2 } from 'lucide-react'
import type { ApiError } from '@/components/api/api-error'
import { usePreferences } from '@/components/frame/preferences'
import { TimeRangePicker } from '@/components/time-range/time-range-picker'
import { cn } from '@/components/ui/cn'
import { copyText } from '@/components/ui/copy-text'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu'
import { Segmented } from '@/components/ui/segmented'
import { Tooltip } from '@/components/ui/tooltip'
import { fixedRange, isRelative } from '@/lib/time/text-range'
import { SearchBar } from './search-bar'
import { useSearchRun } from './search-context'
import { switchSource } from './switch-source'
import { useSearchState } from './use-search-state'

/** Source, query, time, live, share. */
export function TopBar({ error }: { error: ApiError | null }) {
  const [state, patch] = useSearchState()
  const { nowMs, rerun } = useSearchRun()
  const { preferences, setPreference } = usePreferences()
  const share = (fixed: boolean) => {
    const url = new URL(window.location.href)
    const range = fixed ? fixedRange(state, nowMs) : state
    url.searchParams.set('from', range.from)
    url.searchParams.set('to', range.to)
    void copyText(url.href, fixed ? 'Link with fixed times copied' : 'Link copied')
  }
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 border-b bg-panel px-3">
      {preferences.facetsOpen ? null : (
        <IconButton label="Show facets" keys="f" onClick={() => setPreference('facetsOpen', true)}>
          <PanelLeftOpen size={15} aria-hidden />
        </IconButton>
      )}
      <Segmented
        label="Source"
        value={state.source}
        options={[
          { value: 'traces', label: 'Traces' },
          { value: 'logs', label: 'Logs' },
        ]}
        onChange={(source) => patch(switchSource(state, source))}
      />
      <SearchBar error={error} />
      <TimeRangePicker
        range={state}
        nowMs={nowMs}
        onChange={(range) => {
          patch({ ...range, row: null, live: null })
          rerun()
        }}
      />
      <IconButton label="Search again" keys="r" onClick={rerun}>
        <RotateCw size={15} aria-hidden />
      </IconButton>
      <Tooltip content={state.live ? 'Stop the live stream' : 'Show new records as they arrive'} keys="l">
        <button
          type="button"
          aria-pressed={state.live}
          className={cn(
            'flex h-8 shrink-0 items-center gap-2 rounded-md border px-2.5 font-medium transition-colors',
            state.live ? 'border-ok/50 bg-ok/10 text-ok' : 'border-strong bg-panel hover:bg-hover',
          )}
          onClick={() => patch({ live: !state.live || null, row: null })}
        >
          <span
            aria-hidden
            className={cn('size-[7px] rounded-full', state.live ? 'bg-ok ring-3 ring-ok/20' : 'bg-faint')}
          />
          Live
        </button>
      </Tooltip>
      <Menu>
        <Tooltip content="Share">
          <MenuTrigger
            aria-label="Share"
            className="grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-fg"
          >
            <Share2 size={15} aria-hidden />
          </MenuTrigger>
        </Tooltip>
        <MenuContent>
          <MenuItem onSelect={() => share(false)}>Copy link</MenuItem>
          <MenuItem disabled={!isRelative(state)} onSelect={() => share(true)}>
            Copy link with fixed times
          </MenuItem>
        </MenuContent>
      </Menu>
    </div>
  )
}
