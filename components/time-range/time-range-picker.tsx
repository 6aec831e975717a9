'use client'

import { ChevronDown, Clock } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useHotkeys } from '@/components/frame/hotkeys'
import { usePreferences } from '@/components/frame/preferences'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { rangeLabel } from '@/lib/time/range-label'
import type { TextRange } from '@/lib/time/text-range'

// The calendar is not needed before the first click.
const RangePanel = dynamic(() => import('./range-panel').then((module) => module.RangePanel), {
  ssr: false,
  loading: () => <div className="h-[372px] w-[540px]" />,
})

interface TimeRangePickerProps {
  range: TextRange
  nowMs: number
  onChange: (range: TextRange) => void
}

export function TimeRangePicker({ range, nowMs, onChange }: TimeRangePickerProps) {
  const [open, setOpen] = useState(false)
  const { preferences } = usePreferences()
  useHotkeys([{ keys: 't', label: 'Choose the time range', group: 'Search', run: () => setOpen(true) }])
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger className="flex h-8 shrink-0 items-center gap-1.5 rounded-md border border-strong bg-panel px-2.5 font-medium whitespace-nowrap hover:bg-hover">
        <Clock size={14} aria-hidden className="text-muted" />
        {/* Absolute times depend on the browser's zone, which the server does not know. */}
        <span suppressHydrationWarning>{rangeLabel(range, preferences.zone, nowMs)}</span>
        {preferences.zone === 'utc' ? <span className="text-2xs text-faint">UTC</span> : null}
        <ChevronDown size={13} aria-hidden className="text-faint" />
      </PopoverTrigger>
      <PopoverContent aria-label="Time range">
        <RangePanel
          range={range}
          onApply={(next) => {
            setOpen(false)
            onChange(next)
          }}
        />
      </PopoverContent>
    </Popover>
  )
}
